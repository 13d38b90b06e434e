package io.weir.storage.read;

import io.weir.core.fold.Ledger;

/**
 * A source and what became of its records.
 *
 * @param topicId Kafka's id of the topic's incarnation
 * @param ledger {@link Ledger#EMPTY} while nothing of the source is accounted for
 */
public record SourceLedger(int source, String topic, String topicId, int partition, Ledger ledger) {}
