package io.weir.metricproducer.file;

import io.weir.metricproducer.file.csv.CsvDialect;
import io.weir.metricproducer.file.csv.CsvRows;
import io.weir.metricproducer.file.json.JsonRecords;
import io.weir.metricproducer.file.json.JsonRows;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.text.LineReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The format of a file. Immutable; opened once for each file. */
public final class FileFormat {

    private final Function<LineReader, RecordSource> opener;
    private final @Nullable RowMapping mapping;

    private FileFormat(Function<LineReader, RecordSource> opener, @Nullable RowMapping mapping) {
        this.opener = opener;
        this.mapping = mapping;
    }

    /** Objects of canonical JSON or arrays of them, on one line or over several lines. */
    public static FileFormat json() {
        return new FileFormat(JsonRecords::new, null);
    }

    /** JSON objects of any form; a mapping refers to fields by their paths, such as {@code meta.serial}. */
    public static FileFormat json(RowMapping mapping) {
        return new FileFormat(lines -> new JsonRows(new JsonRecords(lines), mapping), mapping);
    }

    /** Rows of delimited values. */
    public static FileFormat csv(CsvDialect dialect, RowMapping mapping) {
        return new FileFormat(lines -> new CsvRows(lines, dialect, mapping), mapping);
    }

    /** Points of InfluxDB's line protocol. */
    public static FileFormat lineProtocol(RowMapping mapping) {
        return new FileFormat(lines -> new LineProtocolRows(lines, mapping), mapping);
    }

    /** Returns the mapping of rows; null for canonical JSON. */
    @Nullable
    RowMapping mapping() {
        return mapping;
    }

    /** Opens a file at its first line. */
    RecordSource open(LineReader lines) {
        return opener.apply(lines);
    }
}
