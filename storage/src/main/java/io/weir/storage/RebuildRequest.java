package io.weir.storage;

import io.weir.core.rollup.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked {@code weir rebuild} for: all rollups that hold readings of a span.
 *
 * @param from first event time
 * @param to first event time that is not asked for
 * @param scope of what the id is; null with it
 * @param id the device or the group whose readings are meant; null for all
 * @param metric null for all
 */
public record RebuildRequest(
        String topic, Instant from, Instant to, @Nullable Scope scope, @Nullable String id, @Nullable String metric) {}
