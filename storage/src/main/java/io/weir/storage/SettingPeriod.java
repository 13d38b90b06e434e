package io.weir.storage;

import java.time.Instant;

/**
 * A value that a recorded setting had for some time.
 *
 * @param until when another was recorded; {@link Instant#MAX} for the one in force
 */
public record SettingPeriod(String value, Instant until) {}
