package io.weir.query.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeRangesTest {

    @Test
    void outsideIsTheComplementOfInside() {
        Random random = new Random(11);
        for (int round = 0; round < 1000; round++) {
            TimeRanges ranges = new TimeRanges();
            BitSet plain = new BitSet();
            for (int i = random.nextInt(6); i > 0; i--) {
                int from = random.nextInt(50);
                int to = from + 1 + random.nextInt(8);
                ranges.add(from, to);
                plain.set(from, to);
            }
            int from = random.nextInt(30);
            int to = from + random.nextInt(30);
            BitSet inside = plain.get(0, 100);
            inside.clear(0, from);
            inside.clear(to, 100);
            BitSet outside = new BitSet();
            outside.set(from, to);
            outside.andNot(plain);

            assertThat(times(ranges.inside(from, to))).isEqualTo(inside);
            assertThat(times(ranges.outside(from, to))).isEqualTo(outside);
        }
    }

    private static BitSet times(List<TimeRanges.Range> ranges) {
        BitSet times = new BitSet();
        long end = -1;
        for (TimeRanges.Range range : ranges) {
            assertThat(range.from()).isGreaterThan(end);
            end = range.to();
            times.set((int) range.from(), (int) range.to());
        }
        return times;
    }
}
