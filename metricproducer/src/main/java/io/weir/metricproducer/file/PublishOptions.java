package io.weir.metricproducer.file;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * The options of publishing files.
 *
 * @param rules the rules to apply before a record is sent
 * @param skippedRecords the number of records at the beginning of the file to skip, because they were already sent
 * @param stop checked before each record; true stops publishing
 * @param badLines receives each bad line with the record's text
 */
public record PublishOptions(
        PublishRules rules, long skippedRecords, BooleanSupplier stop, BiConsumer<BadLine, String> badLines) {

    /** Publishes the whole file by the default rules. */
    public static PublishOptions all() {
        return new PublishOptions(PublishRules.ofDefaults(), 0, () -> false, (bad, text) -> {});
    }

    /** Returns these options with another number of skipped records. */
    public PublishOptions skipping(long records) {
        return new PublishOptions(rules, records, stop, badLines);
    }
}
