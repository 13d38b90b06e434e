package io.weir.metricproducer.file.text;

/**
 * A line of a file, or a piece of a line that exceeds the buffer.
 *
 * @param number the line's number, from 1
 * @param text the text without its line break; U+FFFD replaces invalid bytes
 * @param complete whether the line ends here; the next piece of an incomplete line has the same number
 * @param invalidAt the offset of the first invalid byte in the file's charset, from 0; {@link #VALID} for none
 */
public record Line(long number, String text, boolean complete, long invalidAt) {

    static final long VALID = -1;

    public boolean isValid() {
        return invalidAt == VALID;
    }
}
