package io.weir.metricproducer.file;

import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * How files are published.
 *
 * @param rules what is applied before a record is sent
 * @param skippedRecords records at the beginning of the file that are read and not sent, because they have been
 * @param stop asked before each record; true ends the file there
 * @param badLines hears of each bad line, and of the record's text
 */
public record PublishOptions(
        PublishRules rules, long skippedRecords, BooleanSupplier stop, BiConsumer<BadLine, String> badLines) {

    /** All of a file, by the rules of a pipeline that was configured no other. */
    public static PublishOptions all() {
        return new PublishOptions(PublishRules.ofDefaults(), 0, () -> false, (bad, text) -> {});
    }

    /** Returns these options with other records skipped. */
    public PublishOptions skipping(long records) {
        return new PublishOptions(rules, records, stop, badLines);
    }
}
