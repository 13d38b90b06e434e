package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutoResolutionTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void choosesTheFinestResolutionThatFits() {
        long seed = 7;
        Random random = new Random(seed);
        WindowCalendar calendar = new WindowCalendar(BERLIN);
        for (int i = 0; i < 500; i++) {
            long from = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + random.nextInt();
            Span span = new Span(from, from + (long) (random.nextDouble() * random.nextDouble() * 4e10));
            int maxPoints = 1 + random.nextInt(500);

            Resolution chosen = AutoResolution.choose(span, BERLIN, maxPoints);

            for (Resolution resolution : Resolution.values()) {
                boolean fits = calendar.windowsStartingIn(resolution, span.from(), span.to())
                                .size()
                        <= maxPoints;
                if (resolution.compareTo(chosen) < 0) {
                    assertThat(fits)
                            .as("%s in %s, seed %d", resolution, span, seed)
                            .isFalse();
                } else if (resolution == chosen && chosen != Resolution.MONTH) {
                    assertThat(fits)
                            .as("%s in %s, seed %d", resolution, span, seed)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void countsWindowsAcrossTheClockChange() {
        Span day = span("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
        assertThat(AutoResolution.choose(day, BERLIN, 25)).isEqualTo(Resolution.HOUR);
        assertThat(AutoResolution.choose(day, BERLIN, 24)).isEqualTo(Resolution.DAY);
    }

    @Test
    void choosesMonthsIfEvenMonthsAreTooMany() {
        Span century = span("1950-01-01T00:00:00Z", "2050-01-01T00:00:00Z");
        assertThat(AutoResolution.choose(century, BERLIN, 1000)).isEqualTo(Resolution.MONTH);
    }

    private static Span span(String from, String to) {
        return Span.of(Instant.parse(from), Instant.parse(to));
    }
}
