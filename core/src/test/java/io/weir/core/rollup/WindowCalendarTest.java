package io.weir.core.rollup;

import static io.weir.core.rollup.Resolution.DAY;
import static io.weir.core.rollup.Resolution.HOUR;
import static io.weir.core.rollup.Resolution.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests windows at clock changes that are known to break calendars. Times are written with the offset in force. */
class WindowCalendarTest {

    @Test
    void utcHasNoClockChanges() {
        Zone utc = new Zone("UTC");
        assertThat(utc.window(HOUR, "2026-03-29T01:30:00.125Z"))
                .isEqualTo(window(HOUR, "2026-03-29T01:00Z", "2026-03-29T02:00Z"));
        assertThat(utc.window(DAY, "2026-03-29T23:59:59.999Z"))
                .isEqualTo(window(DAY, "2026-03-29T00:00Z", "2026-03-30T00:00Z"));
        assertThat(utc.window(MONTH, "2024-02-29T12:00Z"))
                .isEqualTo(window(MONTH, "2024-02-01T00:00Z", "2024-03-01T00:00Z"));
        assertThat(utc.window(MONTH, "2026-12-31T23:59:59.999Z"))
                .isEqualTo(window(MONTH, "2026-12-01T00:00Z", "2027-01-01T00:00Z"));
    }

    @Test
    void windowsIncludeTheirStartAndExcludeTheirEnd() {
        Zone utc = new Zone("UTC");
        assertThat(utc.window(HOUR, "2026-01-01T00:00Z").start()).isEqualTo(millis("2026-01-01T00:00Z"));
        assertThat(utc.window(HOUR, "2025-12-31T23:59:59.999Z").end()).isEqualTo(millis("2026-01-01T00:00Z"));
        assertThat(utc.window(DAY, "1969-12-31T23:59:59.999Z"))
                .isEqualTo(window(DAY, "1969-12-31T00:00Z", "1970-01-01T00:00Z"));
    }

    @Test
    void springDayInBerlinHas23Hours() {
        Zone berlin = new Zone("Europe/Berlin");
        Window day = berlin.window(DAY, "2026-03-29T12:00+02:00");
        assertThat(day).isEqualTo(window(DAY, "2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00"));
        assertThat(berlin.hoursOf(day)).hasSize(23);
        assertThat(berlin.window(HOUR, "2026-03-29T01:59:59.999+01:00"))
                .isEqualTo(window(HOUR, "2026-03-29T01:00+01:00", "2026-03-29T03:00+02:00"));
        assertThat(berlin.window(MONTH, "2026-03-15T00:00+01:00"))
                .isEqualTo(window(MONTH, "2026-03-01T00:00+01:00", "2026-04-01T00:00+02:00"));
    }

    @Test
    void autumnDayInBerlinHas25HoursAndTheRepeatedHourIsTwoWindows() {
        Zone berlin = new Zone("Europe/Berlin");
        Window day = berlin.window(DAY, "2026-10-25T12:00+01:00");
        assertThat(day).isEqualTo(window(DAY, "2026-10-25T00:00+02:00", "2026-10-26T00:00+01:00"));
        assertThat(berlin.hoursOf(day)).hasSize(25);
        assertThat(berlin.window(HOUR, "2026-10-25T02:30+02:00"))
                .isEqualTo(window(HOUR, "2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"));
        assertThat(berlin.window(HOUR, "2026-10-25T02:30+01:00"))
                .isEqualTo(window(HOUR, "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00"));
    }

    @Test
    void hoursBeginWithTheLocalHourInAHalfHourZone() {
        Zone kolkata = new Zone("Asia/Kolkata");
        assertThat(kolkata.window(HOUR, "2026-05-01T10:29:59Z"))
                .isEqualTo(window(HOUR, "2026-05-01T15:00+05:30", "2026-05-01T16:00+05:30"));
        assertThat(kolkata.window(DAY, "2026-05-01T18:29:59.999Z"))
                .isEqualTo(window(DAY, "2026-05-01T00:00+05:30", "2026-05-02T00:00+05:30"));
        assertThat(kolkata.window(MONTH, "2026-05-31T18:30Z"))
                .isEqualTo(window(MONTH, "2026-06-01T00:00+05:30", "2026-07-01T00:00+05:30"));
    }

    @Test
    void halfHourChangeCreatesAnHourOf30Minutes() {
        Zone lordHowe = new Zone("Australia/Lord_Howe");
        Window autumn = lordHowe.window(DAY, "2026-04-05T12:00+10:30");
        assertThat(lordHowe.hoursOf(autumn))
                .hasSize(25)
                .contains(
                        window(HOUR, "2026-04-05T01:00+11:00", "2026-04-05T02:00+11:00"),
                        window(HOUR, "2026-04-05T01:30+10:30", "2026-04-05T02:00+10:30"));
        Window spring = lordHowe.window(DAY, "2026-10-04T12:00+11:00");
        assertThat(lordHowe.hoursOf(spring))
                .hasSize(24)
                .contains(window(HOUR, "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00"));
    }

    @Test
    void dayWithoutMidnightBeginsAtOneOClock() {
        Zone saoPaulo = new Zone("America/Sao_Paulo");
        Window day = saoPaulo.window(DAY, "2018-11-04T12:00-02:00");
        assertThat(day).isEqualTo(window(DAY, "2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00"));
        assertThat(saoPaulo.hoursOf(day)).hasSize(23);
        assertThat(saoPaulo.window(DAY, "2018-11-03T23:59:59.999-03:00").end()).isEqualTo(day.start());
    }

    @Test
    void clockChangeAtMidnightLengthensTheDayBefore() {
        Zone saoPaulo = new Zone("America/Sao_Paulo");
        Window day = saoPaulo.window(DAY, "2019-02-16T23:30-03:00");
        assertThat(day).isEqualTo(window(DAY, "2019-02-16T00:00-02:00", "2019-02-17T00:00-03:00"));
        assertThat(saoPaulo.hoursOf(day)).hasSize(25);
    }

    @Test
    void summerTimeOfTheSouthEndsInApril() {
        Zone sydney = new Zone("Australia/Sydney");
        Window autumn = sydney.window(DAY, "2026-04-05T12:00+10:00");
        Window spring = sydney.window(DAY, "2026-10-04T12:00+11:00");
        assertThat(autumn).isEqualTo(window(DAY, "2026-04-05T00:00+11:00", "2026-04-06T00:00+10:00"));
        assertThat(sydney.hoursOf(autumn)).hasSize(25);
        assertThat(spring).isEqualTo(window(DAY, "2026-10-04T00:00+10:00", "2026-10-05T00:00+11:00"));
        assertThat(sydney.hoursOf(spring)).hasSize(23);
    }

    @Test
    void skippedDayHasNoWindow() {
        Zone apia = new Zone("Pacific/Apia");
        List<Window> days = apia.calendar.windowsStartingIn(
                DAY, millis("2011-12-29T00:00-10:00"), millis("2012-01-01T00:00+14:00"));
        assertThat(days)
                .containsExactly(
                        window(DAY, "2011-12-29T00:00-10:00", "2011-12-31T00:00+14:00"),
                        window(DAY, "2011-12-31T00:00+14:00", "2012-01-01T00:00+14:00"));
        assertThat(apia.hoursOf(days.get(0))).hasSize(24);
        assertThat(apia.window(MONTH, "2011-12-31T12:00+14:00"))
                .isEqualTo(window(MONTH, "2011-12-01T00:00-10:00", "2012-01-01T00:00+14:00"));
    }

    /** One minute after midnight, the clock goes back into the previous day, which has ended already. */
    @Test
    void clockChangeAfterMidnightDoesNotReopenTheDayBefore() {
        Zone stJohns = new Zone("America/St_Johns");
        Window before = stJohns.window(DAY, "2010-11-06T12:00-02:30");
        Window after = stJohns.window(DAY, "2010-11-06T23:30-03:30");
        assertThat(before).isEqualTo(window(DAY, "2010-11-06T00:00-02:30", "2010-11-07T00:00-02:30"));
        assertThat(after).isEqualTo(window(DAY, "2010-11-07T00:00-02:30", "2010-11-08T00:00-03:30"));
        assertThat(stJohns.hoursOf(after))
                .hasSize(26)
                .startsWith(
                        window(HOUR, "2010-11-07T00:00-02:30", "2010-11-07T00:01-02:30"),
                        window(HOUR, "2010-11-06T23:01-03:30", "2010-11-07T00:00-03:30"),
                        window(HOUR, "2010-11-07T00:00-03:30", "2010-11-07T01:00-03:30"));
    }

    @Test
    void clockChangeAfterMidnightDoesNotReopenTheMonthBefore() {
        Zone stJohns = new Zone("America/St_Johns");
        assertThat(stJohns.window(MONTH, "2009-10-31T23:30-03:30"))
                .isEqualTo(window(MONTH, "2009-11-01T00:00-02:30", "2009-12-01T00:00-03:30"));
    }

    @Test
    void repeatedFirstHourBelongsToTheNewDay() {
        Zone havana = new Zone("America/Havana");
        Window autumn = havana.window(DAY, "2026-11-01T12:00-05:00");
        assertThat(autumn).isEqualTo(window(DAY, "2026-11-01T00:00-04:00", "2026-11-02T00:00-05:00"));
        assertThat(havana.hoursOf(autumn)).hasSize(25);
        assertThat(havana.window(DAY, "2026-03-08T12:00-04:00"))
                .isEqualTo(window(DAY, "2026-03-08T01:00-04:00", "2026-03-09T00:00-04:00"));
    }

    @Test
    void windowsStartingInExcludesEarlierWindowsAndTheEnd() {
        Zone utc = new Zone("UTC");
        assertThat(utc.calendar.windowsStartingIn(HOUR, millis("2026-01-01T00:30Z"), millis("2026-01-01T03:00Z")))
                .containsExactly(
                        window(HOUR, "2026-01-01T01:00Z", "2026-01-01T02:00Z"),
                        window(HOUR, "2026-01-01T02:00Z", "2026-01-01T03:00Z"));
        assertThat(utc.calendar.windowsStartingIn(HOUR, millis("2026-01-01T01:00Z"), millis("2026-01-01T01:00Z")))
                .isEmpty();
    }

    private static Window window(Resolution resolution, String start, String end) {
        return new Window(resolution, millis(start), millis(end));
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }

    /** A calendar with times as text. */
    private static final class Zone {

        private final WindowCalendar calendar;

        Zone(String id) {
            calendar = new WindowCalendar(ZoneId.of(id));
        }

        Window window(Resolution resolution, String time) {
            return calendar.windowOf(resolution, millis(time));
        }

        List<Window> hoursOf(Window window) {
            List<Window> hours = calendar.windowsStartingIn(HOUR, window.start(), window.end());
            assertThat(hours.get(0).start())
                    .as("first hour of %s", text(window))
                    .isEqualTo(window.start());
            assertThat(hours.get(hours.size() - 1).end())
                    .as("last hour of %s", text(window))
                    .isEqualTo(window.end());
            return hours;
        }

        private static String text(Window window) {
            return Instant.ofEpochMilli(window.start()) + "/" + Instant.ofEpochMilli(window.end());
        }
    }
}
