package io.weir.core.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    /** The borders of the ranges in which UTF-8 and UTF-16 change their length, and those around surrogates. */
    private static final int[] BORDERS = {
        'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xff21, 0xffff, 0x1_0000, 0x1_f600, 0x1_f601, 0x10_ffff
    };

    @Test
    void isTheOrderOfUtf8Bytes() {
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
        int[] characters = random.ints(random.nextInt(4), 0, BORDERS.length)
                .map(i -> BORDERS[i])
                .toArray();
        return new String(characters, 0, characters.length);
    }
}
