package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.Reading;
import io.weir.core.reading.Rejection;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.RecordSink;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.RecordSource;
import io.weir.metricproducer.file.record.RepeatedHour;
import io.weir.metricproducer.file.record.RowMapping;
import io.weir.metricproducer.file.text.FileInput;
import io.weir.metricproducer.file.text.LineReader;
import io.weir.metricproducer.file.time.Moment;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one file: reads its records, converts them to readings, applies the rules of the pipeline, and sends the
 * valid readings, keyed by device. A record that the pipeline would reject is reported with its line number and not
 * sent; the others are. Rules that depend on the time of arrival are left to the pipeline. Not thread-safe.
 *
 * <pre>{@code
 * try (FileInput in = FileInput.open(Files.newInputStream(path), null)) {
 *     PublishSummary summary = new FilePublisher(sink, progress, PublishOptions.all()).publish(in, FileFormat.json());
 * }
 * }</pre>
 */
public final class FilePublisher {

    private static final int MAX_BAD_LINES_KEPT = 20;

    private final RecordSink sink;
    private final ProgressListener progress;
    private final PublishOptions options;
    private final DeviceBatches batches;
    private final RepeatedHour repeatedHour = new RepeatedHour(new Rows());
    private final List<BadLine> firstBadLines = new ArrayList<>();
    private @Nullable RowReadings rowReadings;
    private @Nullable LineReader lines;
    private long read;
    private long readings;
    private long badLines;
    private boolean ended;

    /** Creates a publisher for one file. */
    public FilePublisher(RecordSink sink, ProgressListener progress, PublishOptions options) {
        this.sink = sink;
        this.progress = progress;
        this.options = options;
        this.batches = new DeviceBatches(sink, options.rules().maxRecordBytes());
    }

    /**
     * Publishes the file to its end, or until it is stopped, and waits until all sent records are delivered.
     *
     * @throws io.weir.metricproducer.PublishException if a record cannot be delivered, or the file is not in the
     *     expected format
     * @throws IOException if the file cannot be read
     */
    public PublishSummary publish(FileInput file, FileFormat format) throws IOException {
        LineReader reader = file.lines();
        lines = reader;
        RecordSource source = format.open(reader);
        RowMapping mapping = format.mapping();
        if (mapping != null) {
            rowReadings = new RowReadings(mapping.values(), options.rules());
        }
        FileRecord record = source.next();
        while (record != null && !options.stop().getAsBoolean()) {
            read++;
            take(record, mapping);
            progress.progressed(reader.lines(), file.bytes());
            record = source.next();
        }
        if (!options.stop().getAsBoolean()) {
            repeatedHour.end();
            ended = true;
        }
        sink.flush();
        return summary();
    }

    /** Returns the current result. */
    public PublishSummary summary() {
        RowReadings rows = rowReadings;
        return new PublishSummary(
                lines == null ? 0 : lines.lines(),
                ended ? read : repeatedHour.firstHeld(read) - 1,
                batches.sent(),
                readings,
                rows == null ? 0 : rows.missing(),
                rows == null ? Map.of() : rows.ignored(),
                badLines,
                firstBadLines);
    }

    /** Returns whether the file was read to its end. */
    public boolean isComplete() {
        return ended;
    }

    private void take(FileRecord record, @Nullable RowMapping mapping) {
        if (record instanceof FileRecord.Bad bad) {
            report(read, bad.line(), bad.text(), List.of(bad.reason()));
        } else if (record instanceof FileRecord.Values values) {
            values.values().forEach(this::add);
            batches.send();
        } else if (record instanceof FileRecord.Row row && mapping != null) {
            take(row, mapping);
        }
    }

    private void take(FileRecord.Row row, RowMapping mapping) {
        Moment moment;
        try {
            moment = mapping.timeFormat().parse(timeText(row, mapping));
        } catch (DateTimeException e) {
            report(
                    read,
                    row.line(),
                    row.text(),
                    List.of("column \"" + mapping.time().text() + "\": \"" + row.time() + "\" is not a time: "
                            + e.getMessage()));
            return;
        }
        repeatedHour.add(new RepeatedHour.Held(row, read, moment));
    }

    private static String timeText(FileRecord.Row row, RowMapping mapping) {
        String text = row.time().strip();
        return mapping.values().decimalComma() && mapping.values().isNumber(text) ? text.replace(',', '.') : text;
    }

    /** Adds a JSON value to the batches if all of its readings are valid. */
    private void add(FileRecord.JsonText value) {
        boolean isObject = value.text().stripLeading().startsWith("{");
        byte[] json = value.text().getBytes(UTF_8);
        List<Decoded> elements = options.rules().check(isObject ? json : ("[" + value.text() + "]").getBytes(UTF_8));
        List<String> faults = elements.stream()
                .filter(Rejection.class::isInstance)
                .map(element -> PublishRules.text((Rejection) element))
                .distinct()
                .toList();
        if (faults.isEmpty()) {
            add(((Reading) elements.get(0)).device(), json, elements.size());
        } else {
            report(read, value.line(), value.text(), faults);
        }
    }

    private void add(String device, byte[] json, int count) {
        if (read > options.skippedRecords()) {
            batches.add(device, json, count);
            readings += count;
        }
    }

    private void report(long number, long line, String text, List<String> faults) {
        if (number <= options.skippedRecords()) {
            return;
        }
        badLines++;
        BadLine bad = new BadLine(line, String.join("; ", faults));
        options.badLines().accept(bad, text);
        if (firstBadLines.size() < MAX_BAD_LINES_KEPT) {
            firstBadLines.add(bad);
        }
    }

    /** Sends rows with known instants. */
    private final class Rows implements RepeatedHour.Receiver {

        @Override
        public void at(RepeatedHour.Held held, Instant time) {
            FileRecord.Row row = held.row();
            if (held.number() <= options.skippedRecords() || rowReadings == null) {
                return;
            }
            RowReadings.Made made = rowReadings.of(row, time);
            byte[] json = made.json();
            if (json != null) {
                batches.add(row.device(), json, made.readings());
                readings += made.readings();
                batches.send();
            }
            if (!made.faults().isEmpty()) {
                report(held.number(), row.line(), row.text(), made.faults());
            }
        }

        @Override
        public void undecided(RepeatedHour.Held held, String reason) {
            report(held.number(), held.row().line(), held.row().text(), List.of(reason));
        }
    }
}
