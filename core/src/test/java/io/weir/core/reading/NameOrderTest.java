package io.weir.core.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    /** Code points at the boundaries of UTF-8 and UTF-16 lengths, and around the surrogates. */
    private static final int[] BOUNDARIES = {
        'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xff21, 0xffff, 0x1_0000, 0x1_f600, 0x1_f601, 0x10_ffff
    };

    @Test
    void equalsTheOrderOfUtf8Bytes() {
        Seeds.forEach(20_000, random -> {
            String one = name(random);
            String other = name(random);
            int bytes = Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
            assertThat(Integer.signum(NameOrder.INSTANCE.compare(one, other)))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(bytes));
        });
    }

    private static String name(Random random) {
        int[] characters = random.ints(random.nextInt(4), 0, BOUNDARIES.length)
                .map(i -> BOUNDARIES[i])
                .toArray();
        return new String(characters, 0, characters.length);
    }
}
