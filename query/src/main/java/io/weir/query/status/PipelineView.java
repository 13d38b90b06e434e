package io.weir.query.status;

import org.jspecify.annotations.Nullable;

/**
 * What the latest polls of Cassandra and Kafka found.
 *
 * @param state the state of the last poll that could read the tables; null if none could
 * @param tablesAnswer whether the latest completed poll could read the tables
 * @param log what Kafka last told about the logs
 */
public record PipelineView(@Nullable PipelineState state, boolean tablesAnswer, LogView log) {}
