package io.weir.storage.run;

import java.time.Instant;

/**
 * A value of a recorded setting, and how long it was in force.
 *
 * @param until the time at which another value was recorded; {@link Instant#MAX} for the current value
 */
public record SettingPeriod(String value, Instant until) {}
