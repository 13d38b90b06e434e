package io.weir.metricproducer.file;

/** How the lines of a file become records. An instance reads one file, from its first line on. */
public interface LineFormat {

    /**
     * Converts the next line that is not blank.
     *
     * @throws io.weir.metricproducer.PublishException if the file as a whole is not what was announced
     */
    Converted convert(byte[] line);

    /** Each line is a record in canonical JSON, an object or an array. */
    static LineFormat json() {
        return Converted::record;
    }

    /** Each line is a row of comma-separated values. */
    static LineFormat csv(CsvMapping mapping) {
        return new CsvLines(mapping);
    }
}
