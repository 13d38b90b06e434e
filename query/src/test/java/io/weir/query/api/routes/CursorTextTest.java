package io.weir.query.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.weir.query.api.http.ProblemException;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTextTest {

    @Test
    void aCursorReturnsItsFieldsInOrder() {
        CursorText.Reader fields =
                CursorText.read("kind", CursorText.write("kind", Long.MIN_VALUE, "dévice 🌊 \"1\"", 7, Long.MAX_VALUE));
        assertThat(fields.number()).isEqualTo(Long.MIN_VALUE);
        assertThat(fields.text()).isEqualTo("dévice 🌊 \"1\"");
        assertThat(fields.number()).isEqualTo(7);
        assertThat(fields.number()).isEqualTo(Long.MAX_VALUE);
        assertWrong(() -> fields.number());
        assertWrong(() -> fields.text());
    }

    @Test
    void aCursorNeedsNoEscapesInAUrl() {
        assertThat(CursorText.write("kind", "~~~???>>>", 123456789L)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void aCursorOfAnotherTypeIsRefused() {
        assertWrong(() -> CursorText.read("other", CursorText.write("kind", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[1]", "{\"0\":\"kind\"}", "\"kind\"", "[\"kind\"", "null", "[\"kin\"]"})
    void otherJsonIsRefused(String json) {
        assertWrong(() -> CursorText.read("kind", Base64.getUrlEncoder().encodeToString(json.getBytes(UTF_8))));
    }

    @Test
    void unencodedTextIsRefused() {
        assertWrong(() -> CursorText.read("kind", "[\"kind\"]"));
    }

    @Test
    void fieldsOfAnotherTypeAreRefused() {
        for (String field : new String[] {"\"1\"", "1.5", "null", "true", "9223372036854775808", "[1]"}) {
            assertWrong(reading("[\"kind\"," + field + "]", CursorText.Reader::number));
        }
        for (String field : new String[] {"1", "null", "true", "[\"a\"]"}) {
            assertWrong(reading("[\"kind\"," + field + "]", CursorText.Reader::text));
        }
    }

    private static Runnable reading(String json, Consumer<CursorText.Reader> field) {
        String text = Base64.getUrlEncoder().encodeToString(json.getBytes(UTF_8));
        return () -> field.accept(CursorText.read("kind", text));
    }

    private static void assertWrong(Runnable use) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(use::run)
                .withMessageContaining("a cursor of another request");
    }
}
