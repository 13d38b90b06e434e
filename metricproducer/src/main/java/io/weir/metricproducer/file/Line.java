package io.weir.metricproducer.file;

/**
 * A line of a file without its line break.
 *
 * @param bytes the beginning alone if the line is too long
 */
record Line(byte[] bytes, boolean tooLong) {

    boolean isBlank() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return !tooLong;
    }
}
