package io.weir.core.fold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.reading.Reading;
import org.junit.jupiter.api.Test;

class NamesTest {

    private final Names names = new Names();

    @Test
    void readingsShareEqualNames() {
        Reading first = names.share(reading("pump-1", 1));
        Reading second = names.share(reading("pump-1", 2));
        assertThat(second.device()).isSameAs(first.device());
        assertThat(second.group()).isSameAs(first.group());
        assertThat(second.metric()).isSameAs(first.metric());
    }

    /** Uses far more devices than there are slots, so that names replace each other repeatedly. */
    @Test
    void changesNoReading() {
        for (int i = 0; i < 50_000; i++) {
            Reading reading = reading("pump-" + i * 7919 % 20_000, i);
            assertThat(names.share(reading)).isEqualTo(reading);
        }
    }

    /** {@code Aa} and {@code BB} have the same hash. */
    @Test
    void namesWithEqualHashesStayDistinct() {
        assertThat(names.share(reading("Aa", 1)).device()).isEqualTo("Aa");
        assertThat(names.share(reading("BB", 2)).device()).isEqualTo("BB");
        assertThat(names.share(reading("Aa", 3)).device()).isEqualTo("Aa");
    }

    /** Returns a reading whose names are separate strings, as a decoder creates them. */
    private static Reading reading(String device, int value) {
        return new Reading(copy(device), copy("plant-1"), copy("pressure"), 1_000L * value, value);
    }

    private static String copy(String text) {
        return new String(text.toCharArray());
    }
}
