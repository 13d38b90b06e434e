package io.weir.metricproducer.file;

import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.engine.RecordElements;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.ReadingRules;
import io.weir.core.reading.Rejection;
import java.util.List;

/**
 * The rules of the pipeline that do not depend on the time of arrival, applied before a record is sent. Not
 * thread-safe.
 */
public final class PublishRules {

    /** The producer's own limit, max.request.size, with key and framing. */
    private static final int MAX_BYTES_OF_PRODUCER = 1_000_000;

    private static final byte[] NO_KEY = {};

    private final int maxRecordBytes;
    private final RecordElements elements;

    /**
     * @param rules the pipeline's rules
     * @param maxRecordBytes the maximum size in bytes of a record's value that the pipeline reads
     */
    public PublishRules(ReadingRules rules, int maxRecordBytes) {
        this.maxRecordBytes = Math.min(maxRecordBytes, MAX_BYTES_OF_PRODUCER);
        FoldSettings defaults = FoldSettings.DEFAULT;
        this.elements = new RecordElements(
                new FoldSettings(
                        defaults.zone(), rules.withoutRecordTime(), this.maxRecordBytes, defaults.memory(), null),
                new JsonReadingDecoder(),
                offset -> false);
    }

    /** Returns the default rules. */
    public static PublishRules ofDefaults() {
        return new PublishRules(ReadingRules.DEFAULT, FoldSettings.DEFAULT.maxRecordBytes());
    }

    /** Returns the maximum size of a record's value in bytes. */
    int maxRecordBytes() {
        return maxRecordBytes;
    }

    /** Returns the pipeline's decisions for a record's value. */
    public List<Decoded> check(byte[] record) {
        return elements.of(new LogRecord(0, 0, NO_KEY, record));
    }

    /** Returns the reason as text for the user. */
    static String text(Rejection rejection) {
        return rejection.reason().code() + ": " + rejection.detail();
    }
}
