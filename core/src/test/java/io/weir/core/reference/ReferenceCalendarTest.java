package io.weir.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceCalendarTest {

    private static final List<String> ZONES = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    private static final long FROM = Instant.parse("1840-01-01T00:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;

    @ParameterizedTest
    @CsvSource({
        "HOUR, Europe/Berlin, 2026-10-25T02:30+02:00, 2026-10-25T02:00+02:00, 2026-10-25T02:00+01:00",
        "HOUR, Europe/Berlin, 2026-10-25T02:30+01:00, 2026-10-25T02:00+01:00, 2026-10-25T03:00+01:00",
        "HOUR, Europe/Berlin, 2026-03-29T01:30+01:00, 2026-03-29T01:00+01:00, 2026-03-29T03:00+02:00",
        "HOUR, Australia/Lord_Howe, 2026-04-05T01:45+10:30, 2026-04-05T01:30+10:30, 2026-04-05T02:00+10:30",
        "HOUR, Asia/Kathmandu, 2026-05-01T10:30Z, 2026-05-01T16:00+05:45, 2026-05-01T17:00+05:45",
        "DAY, Europe/Berlin, 2026-10-25T12:00+01:00, 2026-10-25T00:00+02:00, 2026-10-26T00:00+01:00",
        "DAY, America/Sao_Paulo, 2018-11-04T12:00-02:00, 2018-11-04T01:00-02:00, 2018-11-05T00:00-02:00",
        "DAY, America/Sao_Paulo, 2019-02-16T23:30-03:00, 2019-02-16T00:00-02:00, 2019-02-17T00:00-03:00",
        "DAY, Pacific/Apia, 2011-12-29T12:00-10:00, 2011-12-29T00:00-10:00, 2011-12-31T00:00+14:00",
        "MONTH, Europe/Berlin, 2026-03-15T00:00+01:00, 2026-03-01T00:00+01:00, 2026-04-01T00:00+02:00"
    })
    void findsTheWindowsOfClockChanges(Resolution resolution, String zone, String time, String start, String end) {
        assertThat(new ReferenceCalendar(ZoneId.of(zone)).windowOf(resolution, millis(time)))
                .isEqualTo(new Window(resolution, millis(start), millis(end)));
    }

    /**
     * Compares two independent implementations in every zone that Java knows; half of the times are near a clock
     * change.
     */
    @Test
    void agreesWithWindowCalendar() {
        Seeds.forEach(5_000, random -> {
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            long time = time(random, zone);
            for (Resolution resolution : Resolution.values()) {
                assertThat(new WindowCalendar(zone).windowOf(resolution, time))
                        .as("%s of %s in %s", resolution, Instant.ofEpochMilli(time), zone)
                        .isEqualTo(new ReferenceCalendar(zone).windowOf(resolution, time));
            }
        });
    }

    private static long time(Random random, ZoneId zone) {
        long anywhere = FROM + (long) (random.nextDouble() * (TO - FROM));
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(anywhere));
        return change == null || random.nextBoolean()
                ? anywhere
                : change.getInstant().toEpochMilli() + random.nextLong(-DAY, DAY) / (random.nextBoolean() ? 1 : 1000);
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }
}
