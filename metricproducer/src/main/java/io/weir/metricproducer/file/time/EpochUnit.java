package io.weir.metricproducer.file.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Units of epoch times. Fractions are kept to the millisecond and rounded down. */
enum EpochUnit {
    S("seconds", 3),
    MS("milliseconds", 0),
    US("microseconds", -3),
    NS("nanoseconds", -6);

    /** The range of plausible times; a number outside of it is likely in another unit. */
    private static final Instant LIKELY_FROM = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant LIKELY_TO = Instant.parse("2200-01-01T00:00:00Z");

    private static final int MAX_DIGITS = 40;

    private final String words;
    private final int decimalsToMillis;

    EpochUnit(String words, int decimalsToMillis) {
        this.words = words;
        this.decimalsToMillis = decimalsToMillis;
    }

    /** Returns the name of the format, for example {@code epoch-ms}. */
    String format() {
        return "epoch-" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<EpochUnit> ofFormat(String format) {
        return Arrays.stream(values())
                .filter(unit -> unit.format().equals(format))
                .findFirst();
    }

    /** Returns the instant; throws DateTimeException if the text is not a number, or is likely in another unit. */
    Instant read(String text) {
        BigDecimal number = number(text);
        Optional<Instant> read = instant(number);
        if (read.isPresent() && isLikely(read.get())) {
            return read.get();
        }
        for (EpochUnit other : values()) {
            Optional<Instant> likely = other.instant(number).filter(EpochUnit::isLikely);
            if (likely.isPresent()) {
                throw new DateTimeException("in " + words + " it would be "
                        + read.map(time -> "at " + time).orElse("out of range") + ", in " + other.words + " at "
                        + likely.get() + ": the likely format is " + other.format());
            }
        }
        return read.orElseThrow(() -> new DateTimeException("it is out of range in " + words + " since the epoch"));
    }

    private BigDecimal number(String text) {
        try {
            BigDecimal number = text.length() > MAX_DIGITS ? null : new BigDecimal(text);
            if (number != null && Math.abs((long) number.scale()) <= MAX_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new DateTimeException("expected " + words + " since the epoch", e);
        }
        throw new DateTimeException("expected " + words + " since the epoch, in at most " + MAX_DIGITS + " digits");
    }

    private Optional<Instant> instant(BigDecimal number) {
        try {
            return Optional.of(Instant.ofEpochMilli(number.scaleByPowerOfTen(decimalsToMillis)
                    .setScale(0, RoundingMode.FLOOR)
                    .longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean isLikely(Instant time) {
        return !time.isBefore(LIKELY_FROM) && time.isBefore(LIKELY_TO);
    }
}
