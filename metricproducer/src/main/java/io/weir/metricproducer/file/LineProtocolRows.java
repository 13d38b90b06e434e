package io.weir.metricproducer.file;

import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.text.InvalidText;
import io.weir.metricproducer.file.text.Line;
import io.weir.metricproducer.file.text.LineReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the points of a file in InfluxDB line protocol as rows. The cells are {@code measurement}, the tags by key,
 * {@code time}, and the fields as {@code measurement.field}, so that fields of different measurements are different
 * metrics. Lines that begin with {@code #} are comments.
 */
public final class LineProtocolRows implements RecordSource {

    /** The name of the cell of the measurement. */
    public static final String MEASUREMENT = "measurement";

    /** The name of the cell of the timestamp. */
    public static final String TIME = "time";

    private final LineReader lines;
    private final RowMapping mapping;
    private boolean hasPoints;

    LineProtocolRows(LineReader lines, RowMapping mapping) {
        this.lines = lines;
        this.mapping = mapping;
    }

    @Override
    public @Nullable FileRecord next() throws IOException {
        Line line = lines.next();
        while (line != null
                && (line.text().isBlank() || line.text().stripLeading().startsWith("#"))) {
            lines.skipRest(line);
            line = lines.next();
        }
        return line == null ? null : point(line);
    }

    private FileRecord point(Line first) throws IOException {
        StringBuilder text = new StringBuilder(first.text());
        Line last = first;
        // A quoted string may contain line breaks.
        while (last != null && last.complete() && last.isValid() && LinePoint.endsInText(text)) {
            last = text.length() > LineReader.MAX_CHARS ? null : lines.next();
            text.append('\n').append(last == null ? "" : last.text());
        }
        String fault = fault(last);
        if (last != null && !last.complete()) {
            lines.skipRest(last);
        }
        if (fault == null) {
            hasPoints = true;
            try {
                return LinePoint.parse(text.toString()).row(first.number(), text.toString(), mapping);
            } catch (IllegalArgumentException e) {
                fault = String.valueOf(e.getMessage());
            }
        }
        return new FileRecord.Bad(first.number(), text.toString(), fault);
    }

    private @Nullable String fault(@Nullable Line last) {
        if (last == null) {
            return "a text in quotes is not closed";
        }
        if (!last.isValid()) {
            if (!hasPoints) {
                throw InvalidText.refuse(lines.charset(), last);
            }
            return InvalidText.reason(lines.charset(), last);
        }
        return last.complete() ? null : "longer than " + LineReader.MAX_CHARS + " characters";
    }
}
