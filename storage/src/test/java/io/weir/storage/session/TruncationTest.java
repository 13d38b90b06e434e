package io.weir.storage.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 3, abc",
        "abc, 2, ab",
        "abc, 0, ''",
        "'', 5, ''",
        "aé, 2, a",
        "aé, 3, aé",
        "a😀b, 4, a",
        "a😀b, 5, a😀"
    })
    void truncatesTextsBetweenCharacters(String text, int maxBytes, String beginning) {
        assertThat(Truncation.ofText(text.getBytes(UTF_8), maxBytes)).isEqualTo(beginning);
    }

    @Test
    void truncatesBytesAnywhere() {
        byte[] bytes = {1, 2, 3};
        assertThat(Truncation.of(bytes, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(Truncation.of(bytes, 4)).isEqualTo(ByteBuffer.wrap(bytes));
    }
}
