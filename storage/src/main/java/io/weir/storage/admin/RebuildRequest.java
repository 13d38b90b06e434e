package io.weir.storage.admin;

import io.weir.core.rollup.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to {@code weir rebuild}: all rollups that contain readings of a span.
 *
 * @param from the first event time
 * @param to the end of the event times, exclusive
 * @param scope the kind of the id; null if the id is null
 * @param id the device or the group; null for all
 * @param metric null for all
 * @param acceptsRepairs whether the raw readings were repaired by hand, so that rollups are also rebuilt if their
 *     number of readings changes
 */
public record RebuildRequest(
        String topic,
        Instant from,
        Instant to,
        @Nullable Scope scope,
        @Nullable String id,
        @Nullable String metric,
        boolean acceptsRepairs) {}
