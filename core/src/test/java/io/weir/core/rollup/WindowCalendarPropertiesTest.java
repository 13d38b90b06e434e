package io.weir.core.rollup;

import static io.weir.core.rollup.Resolution.DAY;
import static io.weir.core.rollup.Resolution.HOUR;
import static io.weir.core.rollup.Resolution.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests properties in every time zone that Java knows; half of the instants are near a change of the zone's clock. */
class WindowCalendarPropertiesTest {

    private static final List<String> ZONES = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    private static final long FROM = Instant.parse("1840-01-01T00:00:00Z").toEpochMilli();
    private static final long TO = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final long DAY_MILLIS = 86_400_000;

    @Test
    void windowsPartitionTheTimeLine() {
        Seeds.forEach(20_000, random -> {
            ZoneId zone = zone(random);
            WindowCalendar calendar = new WindowCalendar(zone);
            long time = time(random, zone);
            for (Resolution resolution : Resolution.values()) {
                String what = resolution + " of " + Instant.ofEpochMilli(time) + " in " + zone;
                Window window = calendar.windowOf(resolution, time);
                assertThat(window.contains(time)).as(what).isTrue();
                assertThat(calendar.windowOf(resolution, window.start()))
                        .as(what)
                        .isEqualTo(window);
                assertThat(calendar.windowOf(resolution, window.end() - 1))
                        .as(what)
                        .isEqualTo(window);
                assertThat(calendar.windowOf(resolution, window.end()).start())
                        .as("after " + what)
                        .isEqualTo(window.end());
                assertThat(calendar.windowOf(resolution, window.start() - 1).end())
                        .as("before " + what)
                        .isEqualTo(window.start());
            }
        });
    }

    @Test
    void hoursNestInDaysAndDaysInMonths() {
        Seeds.forEach(20_000, random -> {
            ZoneId zone = zone(random);
            WindowCalendar calendar = new WindowCalendar(zone);
            long time = time(random, zone);
            Window hour = calendar.windowOf(HOUR, time);
            Window day = calendar.windowOf(DAY, time);
            Window month = calendar.windowOf(MONTH, time);
            String what = Instant.ofEpochMilli(time) + " in " + zone;
            assertThat(hour.start()).as(what).isBetween(day.start(), day.end() - 1);
            assertThat(hour.end()).as(what).isBetween(day.start() + 1, day.end());
            assertThat(day.start()).as(what).isBetween(month.start(), month.end() - 1);
            assertThat(day.end()).as(what).isBetween(month.start() + 1, month.end());
        });
    }

    @Test
    void resultsDoNotDependOnEarlierCalls() {
        Seeds.forEach(2_000, random -> {
            ZoneId zone = zone(random);
            WindowCalendar used = new WindowCalendar(zone);
            long time = time(random, zone);
            for (int i = 0; i < 5; i++) {
                used.windowOf(HOUR, time + random.nextInt() % (2 * DAY_MILLIS));
            }
            assertThat(used.windowOf(HOUR, time)).isEqualTo(new WindowCalendar(zone).windowOf(HOUR, time));
        });
    }

    @Test
    void windowsStartingInMatchesASearchInSmallSteps() {
        Seeds.forEach(300, random -> {
            ZoneId zone = zone(random);
            WindowCalendar calendar = new WindowCalendar(zone);
            long from = time(random, zone);
            for (Resolution resolution : Resolution.values()) {
                long to = from + random.nextInt((int) (3 * DAY_MILLIS)) * (resolution == HOUR ? 1L : 30L);
                assertThat(calendar.windowsStartingIn(resolution, from, to))
                        .as("%s from %s to %s in %s", resolution, from, to, zone)
                        .isEqualTo(searchInSteps(calendar, resolution, from, to));
            }
        });
    }

    /**
     * Finds windows in steps of one minute, which finds all windows of whole minutes, and those of zones before 1972 by
     * the ends of their neighbours.
     */
    private static List<Window> searchInSteps(WindowCalendar calendar, Resolution resolution, long from, long to) {
        List<Window> found = new ArrayList<>();
        long step = resolution == HOUR ? 60_000 : 1_800_000;
        for (long time = from; time < to + step; time += step) {
            for (Window window : List.of(
                    calendar.windowOf(resolution, time),
                    calendar.windowOf(
                            resolution, calendar.windowOf(resolution, time).end()))) {
                if (window.start() >= from && window.start() < to && !found.contains(window)) {
                    found.add(window);
                }
            }
        }
        return found;
    }

    private static ZoneId zone(Random random) {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    private static long time(Random random, ZoneId zone) {
        long anywhere = FROM + (long) (random.nextDouble() * (TO - FROM));
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(anywhere));
        if (change == null || random.nextBoolean()) {
            return anywhere;
        }
        return change.getInstant().toEpochMilli() + random.nextInt() % DAY_MILLIS / (random.nextBoolean() ? 1 : 1000);
    }
}
