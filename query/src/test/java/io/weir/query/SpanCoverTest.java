package io.weir.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCoverTest {

    private static final long FIRST = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long YEARS = 6L * 366 * 24 * 3_600_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "Asia/Kolkata",
                "Australia/Lord_Howe",
                "America/Havana",
                "Pacific/Apia"
            })
    void piecesPartitionTheSpanInWholeWindowsAndRawPartsOfAnHour(String zone) {
        long seed = 20260329;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Span span = randomSpan(random, new WindowCalendar(ZoneId.of(zone)));
            List<SpanCover.Piece> pieces = SpanCover.of(span, ZoneId.of(zone));

            assertThat(pieces).as("%s of %s, seed %d", span, zone, seed).hasSizeLessThanOrEqualTo(7);
            long at = span.from();
            for (SpanCover.Piece piece : pieces) {
                assertThat(piece.from()).isEqualTo(at);
                assertThat(piece.to()).isGreaterThan(at);
                assertIsReadable(piece, new WindowCalendar(ZoneId.of(zone)));
                at = piece.to();
            }
            assertThat(at).isEqualTo(span.to());
        }
    }

    @Test
    void usesTheLargestWindowsThatFit() {
        assertThat(cover("2026-01-30T22:59:59.999Z", "2026-04-02T02:00:00.001Z"))
                .containsExactly(
                        piece(null, "2026-01-30T22:59:59.999Z", "2026-01-30T23:00:00Z"),
                        piece(Resolution.HOUR, "2026-01-30T23:00:00Z", "2026-01-31T00:00:00Z"),
                        piece(Resolution.DAY, "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z"),
                        piece(Resolution.MONTH, "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"),
                        piece(Resolution.DAY, "2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"),
                        piece(Resolution.HOUR, "2026-04-02T00:00:00Z", "2026-04-02T02:00:00Z"),
                        piece(null, "2026-04-02T02:00:00Z", "2026-04-02T02:00:00.001Z"));
    }

    @Test
    void usesRawReadingsWithinOneHour() {
        assertThat(cover("2026-01-30T22:10:00Z", "2026-01-30T22:20:00Z"))
                .containsExactly(piece(null, "2026-01-30T22:10:00Z", "2026-01-30T22:20:00Z"));
    }

    @Test
    void coversAnEmptySpanWithNothing() {
        assertThat(cover("2026-01-30T22:10:00Z", "2026-01-30T22:10:00Z")).isEmpty();
    }

    /** Half of the bounds are at or next to a window border, where errors are likely. */
    private static Span randomSpan(Random random, WindowCalendar calendar) {
        long a = randomTime(random, calendar);
        long b = random.nextInt(3) == 0 ? a + random.nextInt(8_000_000) : randomTime(random, calendar);
        return new Span(Math.min(a, b), Math.max(a, b));
    }

    private static long randomTime(Random random, WindowCalendar calendar) {
        long time = FIRST + (long) (random.nextDouble() * YEARS);
        if (random.nextBoolean()) {
            return time;
        }
        Resolution resolution = Resolution.values()[random.nextInt(3)];
        return calendar.windowOf(resolution, time).start() + random.nextInt(3) - 1;
    }

    private static void assertIsReadable(SpanCover.Piece piece, WindowCalendar calendar) {
        Resolution resolution = piece.resolution();
        if (resolution == null) {
            long hourEnd = calendar.windowOf(Resolution.HOUR, piece.from()).end();
            assertThat(piece.to()).isLessThanOrEqualTo(hourEnd + 3_600_000);
            return;
        }
        assertThat(calendar.windowOf(resolution, piece.from()).start()).isEqualTo(piece.from());
        assertThat(calendar.windowOf(resolution, piece.to()).start()).isEqualTo(piece.to());
    }

    private static List<SpanCover.Piece> cover(String from, String to) {
        return SpanCover.of(Span.of(Instant.parse(from), Instant.parse(to)), ZoneId.of("UTC"));
    }

    private static SpanCover.Piece piece(Resolution resolution, String from, String to) {
        return new SpanCover.Piece(
                resolution,
                Instant.parse(from).toEpochMilli(),
                Instant.parse(to).toEpochMilli());
    }
}
