package io.weir.metricproducer.file;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Rejection;
import io.weir.metricproducer.DeviceSplit;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Publishes the lines of a file: each is converted to a record, checked as the pipeline will check it, and split by
 * device. A line that the pipeline would reject is reported with its number and not sent; the rest goes on. Bounds that
 * depend on when a record arrives are left to the pipeline.
 *
 * <pre>{@code
 * PublishSummary summary = new FilePublisher(publisher, progress).publish(in, LineFormat.json());
 * }</pre>
 */
public final class FilePublisher {

    private static final int MAX_BAD_LINES_KEPT = 20;

    private final RecordSink sink;
    private final ProgressListener progress;
    private final JsonReadingDecoder decoder = new JsonReadingDecoder();
    private final List<BadLine> firstBadLines = new ArrayList<>();
    private long records;
    private long readings;
    private long badLines;

    /** A publisher of one file. */
    public FilePublisher(RecordSink sink, ProgressListener progress) {
        this.sink = sink;
        this.progress = progress;
    }

    /**
     * Publishes the file to its end and waits until all of it is delivered.
     *
     * @throws io.weir.metricproducer.PublishException if a record cannot be delivered, or the file as a whole is not
     *     what the format expects
     * @throws IOException if the file cannot be read
     */
    public PublishSummary publish(InputStream in, LineFormat format) throws IOException {
        LineReader lines = new LineReader(in);
        Line line = lines.next();
        while (line != null) {
            publish(lines.lines(), line, format);
            progress.progressed(lines.lines(), lines.bytes());
            line = lines.next();
        }
        sink.flush();
        return new PublishSummary(lines.lines(), records, readings, badLines, firstBadLines);
    }

    private void publish(long number, Line line, LineFormat format) {
        if (line.isBlank()) {
            return;
        }
        if (line.tooLong()) {
            report(
                    number,
                    List.of("longer than " + LineReader.MAX_LINE_BYTES + " bytes, the most that a record can have"));
            return;
        }
        Converted converted = format.convert(line.bytes());
        List<String> faults = new ArrayList<>(converted.faults());
        byte[] record = converted.record();
        if (record != null) {
            send(record, faults);
        }
        report(number, faults);
    }

    /** Sends the record, split by device, if every element of it is a reading. */
    private void send(byte[] record, List<String> faults) {
        List<Decoded> elements = decoder.decode(record);
        for (Decoded element : elements) {
            if (element instanceof Rejection rejection) {
                faults.add(rejection.reason().code() + ": " + rejection.detail());
                return;
            }
        }
        for (DeviceSplit.Part part : DeviceSplit.of(record)) {
            String device = Objects.requireNonNull(part.device(), "a record of readings names a device");
            sink.send(device.getBytes(StandardCharsets.UTF_8), part.value());
            records++;
        }
        readings += elements.size();
    }

    private void report(long line, List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        badLines++;
        if (firstBadLines.size() < MAX_BAD_LINES_KEPT) {
            firstBadLines.add(new BadLine(line, String.join("; ", faults)));
        }
    }
}
