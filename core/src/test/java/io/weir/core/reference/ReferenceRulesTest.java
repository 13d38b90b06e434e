package io.weir.core.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import io.weir.core.reading.NameRule;
import io.weir.core.reading.Reading;
import io.weir.core.reading.ReadingRules;
import io.weir.core.reading.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that the rules and their reference, which were written independently, agree. */
class ReferenceRulesTest {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration FUTURE = Duration.ofMinutes(10);
    private static final Duration TOO_OLD = Duration.ofDays(1);
    private static final double[] VALUES = {0, 20.5, 1e100, -1e100, Math.nextUp(1e100), -Double.MAX_VALUE};

    @Test
    void readings() {
        Seeds.forEach(5_000, random -> {
            long recordTime = EARLIEST.toEpochMilli()
                    + random.nextLong(Duration.ofDays(20).toMillis());
            long time = random.nextInt(10) == 0
                    ? random.nextLong()
                    : oneOf(
                                    random,
                                    recordTime + FUTURE.toMillis(),
                                    recordTime - TOO_OLD.toMillis(),
                                    EARLIEST.toEpochMilli())
                            + random.nextInt(-2, 3);
            Reading reading =
                    new Reading("d", "g", "m", time % 4_000_000_000_000L, VALUES[random.nextInt(VALUES.length)]);
            Duration tooOld = random.nextBoolean() ? TOO_OLD : null;
            Rejection found = new ReadingRules(EARLIEST, FUTURE, tooOld).check(reading, recordTime);
            Rejection expected = new ReferenceRules(EARLIEST, FUTURE, tooOld).check(reading, recordTime);
            assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        });
    }

    @Test
    void names() {
        Seeds.forEach(5_000, random -> {
            StringBuilder name = new StringBuilder();
            int[] lengths = {0, 1, 2, 255, 256, 257};
            for (int length = lengths[random.nextInt(lengths.length)]; length > 0; length--) {
                name.appendCodePoint(character(random));
            }
            String fault = NameRule.faultOf(name.toString());
            if (ReferenceRules.isName(name.toString())) {
                assertThat(fault).as("%s is a name", name).isNull();
            } else {
                assertThat(fault).as("%s is no name", name).startsWith("must ");
            }
        });
    }

    /** Returns mostly letters; now and then a control character, or half a surrogate pair or a whole one. */
    private static int character(Random random) {
        return random.nextInt(200) > 0
                ? 'a'
                : new int[] {0, 0x1f, 0x7f, 0x9f, 0xa0, 0xd83d, 0xde00, 0x1f600}[random.nextInt(8)];
    }

    private static long oneOf(Random random, long... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
