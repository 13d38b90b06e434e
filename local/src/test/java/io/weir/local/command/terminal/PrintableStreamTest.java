package io.weir.local.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.local.command.rejected.RejectedText;
import io.weir.query.ShownRejection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PrintableStreamTest {

    private static final String HOSTILE = "\u001b]0;x\u0007\u009b2J\u202e\r\u2028é😀";
    private static final String SHOWN = "\\u001b]0;x\\u0007\\u009b2J\\u202e\\u000d\\u2028é😀";

    @Test
    void controlCharactersAreReplaced() {
        String newLine = System.lineSeparator();
        assertThat(printed(out -> out.print(HOSTILE))).isEqualTo(SHOWN);
        assertThat(printed(out -> out.println(HOSTILE))).isEqualTo(SHOWN + newLine);
        assertThat(printed(out -> out.print((Object) HOSTILE))).isEqualTo(SHOWN);
        assertThat(printed(out -> out.print(HOSTILE.toCharArray()))).isEqualTo(SHOWN);
        assertThat(printed(out -> out.println(HOSTILE.toCharArray()))).isEqualTo(SHOWN + newLine);
        assertThat(printed(out -> out.println((Object) HOSTILE))).isEqualTo(SHOWN + newLine);
        assertThat(printed(out -> out.printf("%s|%d", HOSTILE, 1))).isEqualTo(SHOWN + "|1");
        assertThat(printed(out -> out.format("%s", HOSTILE))).isEqualTo(SHOWN);
        assertThat(printed(out -> out.append(HOSTILE))).isEqualTo(SHOWN);
        assertThat(printed(out -> new IllegalStateException(HOSTILE).printStackTrace(out)))
                .startsWith("java.lang.IllegalStateException: " + SHOWN + "\n\tat ");
    }

    @Test
    void lineBreaksAndTabsAreKept() {
        assertThat(printed(out -> out.println("a\n\tb"))).isEqualTo("a\n\tb\n");
    }

    /** A line break in what was sent must not look like another rejected reading. */
    @Test
    void aRejectedReadingHasTwoLinesForAnyPayload() {
        ShownRejection one = new ShownRejection(
                "t", 0, 7, 0, "conflict", "found \n" + HOSTILE, 9, "{\n" + HOSTILE, 9, null, null, Instant.EPOCH, null);
        assertThat(RejectedText.text(one))
                .isEqualTo("t 0:7:0  conflict  found \\u000a" + SHOWN + "\n    {\\u000a" + SHOWN + "\n");
    }

    private static String printed(Consumer<PrintStream> printing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        printing.accept(new PrintableStream(out));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
