package io.weir.query;

import io.weir.core.rollup.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The length of the windows of an answer: those of a rollup table, parts of an hour, or several days or months. */
public enum WindowSize {
    MINUTES_5("5m", 5, null),
    MINUTES_10("10m", 10, null),
    MINUTES_15("15m", 15, null),
    MINUTES_30("30m", 30, null),
    HOUR("hour", 0, Resolution.HOUR),
    DAY("day", 0, Resolution.DAY),
    WEEK("week", 0, Resolution.DAY),
    MONTH("month", 0, Resolution.MONTH),
    QUARTER("quarter", 0, Resolution.MONTH),
    YEAR("year", 0, Resolution.MONTH);

    /** Those that are computed from raw readings, the shortest first. */
    public static final List<WindowSize> MINUTES =
            Stream.of(values()).filter(WindowSize::isOfRawReadings).toList();

    private final String text;
    private final int minutes;
    private final @Nullable Resolution rows;

    WindowSize(String text, int minutes, @Nullable Resolution rows) {
        this.text = text;
        this.minutes = minutes;
        this.rows = rows;
    }

    /** Returns the size of the windows of a rollup table. */
    public static WindowSize of(Resolution resolution) {
        return valueOf(resolution.name());
    }

    /** Returns the name in requests and answers, for example {@code 5m} or {@code week}. */
    public String text() {
        return text;
    }

    /** Returns whether no rollup table has such windows or parts of them. */
    public boolean isOfRawReadings() {
        return rows == null;
    }

    /** Returns the resolution of the rollup rows that these windows are merged of; only for those that have some. */
    Resolution rows() {
        return Objects.requireNonNull(rows);
    }

    /** Returns whether a rollup table has such windows. */
    boolean isStored() {
        return rows != null && rows.name().equals(name());
    }

    /** Returns the length of a part of an hour, in milliseconds. */
    long millis() {
        return Duration.ofMinutes(minutes).toMillis();
    }
}
