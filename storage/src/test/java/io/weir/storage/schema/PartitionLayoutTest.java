package io.weir.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.WindowCalendar;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLayoutTest {

    private static final PartitionLayout DAYS = layout(RawBucket.DAY, "UTC");
    private static final PartitionLayout HOURS = layout(RawBucket.HOUR, "UTC");

    @Test
    void rawBucketsAreUtcDaysOrHoursWhateverTheZone() {
        long time = millis("2026-03-29T01:30:00.125Z");

        assertThat(layout(RawBucket.DAY, "Asia/Kolkata").rawBucketOf(time)).isEqualTo("2026-03-29T00:00:00Z");
        assertThat(layout(RawBucket.HOUR, "Asia/Kolkata").rawBucketOf(time)).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(DAYS.hourOf(time)).isEqualTo("2026-03-29T01:00:00Z");
    }

    @Test
    void timesBeforeTheEpochAreRoundedDown() {
        assertThat(DAYS.rawBucketOf(-1)).isEqualTo("1969-12-31T00:00:00Z");
        assertThat(HOURS.rawBucketOf(-1)).isEqualTo("1969-12-31T23:00:00Z");
    }

    @Test
    void endOfASpanIsExclusive() {
        long from = millis("2026-03-29T01:30:00Z");

        assertThat(DAYS.rawBuckets(from, millis("2026-03-31T00:00:00Z")))
                .containsExactly(Instant.parse("2026-03-29T00:00:00Z"), Instant.parse("2026-03-30T00:00:00Z"));
        assertThat(DAYS.hours(from, millis("2026-03-29T03:00:00.001Z"))).hasSize(3);
        assertThat(DAYS.rawBuckets(from, from)).isEmpty();
    }

    @Test
    void shardsNeverChangeAndAreEven() {
        PartitionLayout layout = new PartitionLayout(RawBucket.DAY, 8, ZoneId.of("UTC"));

        // The check value of CRC-32 is 0xCBF43926 for "123456789".
        assertThat(layout.shardOf("123456789")).isEqualTo((int) (0xCBF43926L % 8));
        assertThat(PartitionLayout.shardOf("123456789", 1000)).isEqualTo((int) (0xCBF43926L % 1000));
        int[] devices = new int[8];
        IntStream.range(0, 8000).forEach(i -> devices[layout.shardOf("d-" + i)]++);
        assertThat(devices).satisfies(counts -> assertThat(IntStream.of(counts)).allMatch(n -> n > 800 && n < 1200));
    }

    @Test
    void rollupBucketsFollowTheCalendarOfTheZone() {
        String newYearInUtc = "2029-12-31T23:30:00Z"; // 2030 in Berlin

        for (Resolution resolution : Resolution.values()) {
            assertThat(bucket("UTC", resolution, newYearInUtc)).isEqualTo(202912);
            assertThat(bucket("Europe/Berlin", resolution, newYearInUtc)).isEqualTo(203001);
        }
    }

    @Test
    void listsEveryBucketOfASpanOnce() {
        long from = millis("2025-11-30T12:00:00Z");
        long to = millis("2026-02-01T00:00:00Z");

        assertThat(DAYS.rollupBuckets(from, to)).containsExactly(202511, 202512, 202601);
        assertThat(DAYS.rollupBuckets(from, from)).isEmpty();
    }

    @Test
    void knowsWhenABucketStarts() {
        assertThat(DAYS.startOfRollupBucket(202507)).isEqualTo(millis("2025-07-01T00:00:00Z"));
        assertThat(DAYS.startOfRollupBucket(202601)).isEqualTo(millis("2026-01-01T00:00:00Z"));
        assertThat(layout(RawBucket.DAY, "Europe/Berlin").startOfRollupBucket(202507))
                .isEqualTo(millis("2025-06-30T22:00:00Z"));
    }

    /** In St. John's the clock of 1 November 2009 went back from 00:01 to 23:01 of 31 October. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"})
    void bucketsOfASpanCoverAllItsWindows(String zone) {
        PartitionLayout layout = layout(RawBucket.DAY, zone);
        WindowCalendar calendar = new WindowCalendar(ZoneId.of(zone));
        long begin = millis("2009-10-25T00:00:00Z");
        for (Resolution resolution : Resolution.values()) {
            for (long from = begin; from < begin + 10 * 86_400_000L; from += 1_740_000) {
                for (long span : new long[] {60_000, 7_200_000, 2 * 86_400_000L}) {
                    List<Integer> buckets = layout.rollupBuckets(from, from + span);
                    assertThat(calendar.windowsStartingIn(resolution, from, from + span))
                            .allSatisfy(window -> assertThat(buckets).contains(layout.rollupBucketOf(window)));
                    assertThat(buckets).isSorted().doesNotHaveDuplicates();
                }
            }
        }
    }

    @Test
    void refusesZeroShards() {
        assertThatThrownBy(() -> new PartitionLayout(RawBucket.DAY, 0, ZoneId.of("UTC")))
                .hasMessage("group shards must be at least 1, found 0");
    }

    private static int bucket(String zone, Resolution resolution, String time) {
        return layout(RawBucket.DAY, zone)
                .rollupBucketOf(new WindowCalendar(ZoneId.of(zone)).windowOf(resolution, millis(time)));
    }

    private static PartitionLayout layout(RawBucket bucket, String zone) {
        return new PartitionLayout(bucket, 4, ZoneId.of(zone));
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
