package io.weir.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {

    @ParameterizedTest
    @CsvSource({"0000, 001f", "007f, 009f", "061c, 061c", "200e, 200f", "2028, 202e", "2066, 2069", "d800, dfff"})
    void escapesControlCharacters(String first, String last) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            String escape = String.format("\\u%04x", c);
            assertThat(PrintableText.line("a" + (char) c + "b")).isEqualTo("a" + escape + "b");
            if (c != '\n' && c != '\t') {
                assertThat(PrintableText.lines("a" + (char) c + "b")).isEqualTo("a" + escape + "b");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plant-1",
                " ~",
                "\u00a0é",
                "\u061b\u061d",
                "\u200b\u200d\u2010",
                "\u2027\u202f",
                "\u2065\u206a",
                "\ud7ff\ue000",
                "😀",
                "a\\u001b",
                "עברית"
            })
    void keepsOtherCharacters(String text) {
        assertThat(PrintableText.line(text)).isSameAs(text);
        assertThat(PrintableText.lines(text)).isSameAs(text);
    }

    @Test
    void keepsLineBreaksOfSeveralLines() {
        assertThat(PrintableText.lines("a\n\tb\r\n")).isEqualTo("a\n\tb\\u000d\n");
        assertThat(PrintableText.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
    }

    @Test
    void escapesUnpairedSurrogatesOnly() {
        assertThat(PrintableText.line("\ude00😀\ud83d😀\ud83d")).isEqualTo("\\ude00😀\\ud83d😀\\ud83d");
        assertThat(PrintableText.line("😀\ude00")).isEqualTo("😀\\ude00");
    }
}
