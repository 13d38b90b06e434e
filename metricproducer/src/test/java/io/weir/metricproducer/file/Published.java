package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.Reading;
import io.weir.metricproducer.CollectingSink;
import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.file.text.FileInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of publishing a file. */
public record Published(PublishSummary summary, List<CollectingSink.Sent> records) {

    private static final JsonReadingDecoder DECODER = new JsonReadingDecoder();

    public static Published of(String file, FileFormat format) throws IOException {
        return of(file.getBytes(UTF_8), null, format, PublishOptions.all());
    }

    public static Published of(byte[] file, @Nullable Charset charset, FileFormat format, PublishOptions options)
            throws IOException {
        CollectingSink sink = new CollectingSink();
        try (FileInput in = FileInput.open(new ByteArrayInputStream(file), charset)) {
            PublishSummary summary = new FilePublisher(sink, ProgressListener.NONE, options).publish(in, format);
            return new Published(summary, sink.records());
        }
    }

    public List<Reading> readings() {
        return records.stream()
                .flatMap(record -> DECODER.readings(record.value()).stream())
                .toList();
    }

    /** Readings as {@code metric time value}, without the date's zeros. */
    public List<String> texts() {
        return readings().stream()
                .map(reading -> reading.metric() + " " + Instant.ofEpochMilli(reading.time()) + " " + reading.value())
                .toList();
    }

    public List<String> badLines() {
        return summary.firstBadLines().stream()
                .map(bad -> bad.line() + ": " + bad.reason())
                .toList();
    }

    public List<String> sent() {
        return records.stream()
                .map(record -> new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8))
                .toList();
    }
}
