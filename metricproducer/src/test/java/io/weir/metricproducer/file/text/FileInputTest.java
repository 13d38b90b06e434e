package io.weir.metricproducer.file.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.metricproducer.PublishException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileInputTest {

    private static final String TEXT = "zählt,€\n1,😀\n";
    private static final List<String> LINES = List.of("zählt,€", "1,😀");

    @Test
    void theByteOrderMarkNamesTheCharset() throws IOException {
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            assertThat(lines(("\uFEFF" + TEXT).getBytes(charset), null)).isEqualTo(LINES);
        }
        assertThat(lines(TEXT.getBytes(UTF_8), null)).isEqualTo(LINES);
    }

    @Test
    void aCharsetCanBeNamed() throws IOException {
        assertThat(lines(TEXT.getBytes(UTF_16LE), UTF_16LE)).isEqualTo(LINES);
        assertThat(lines("größe\n".getBytes(ISO_8859_1), ISO_8859_1)).containsExactly("größe");
        assertThatThrownBy(() -> lines(TEXT.getBytes(UTF_16LE), null))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("NUL bytes")
                .hasMessageContaining("UTF-16LE");
    }

    @Test
    void gzipIsDetectedByItsBytes() throws IOException {
        byte[] packed = gzip(TEXT.getBytes(UTF_8));
        assertThat(lines(packed, null)).isEqualTo(LINES);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(packed);
        two.write(packed);
        assertThat(lines(two.toByteArray(), null)).hasSize(4);
        assertThat(lines(gzip(("\uFEFF" + TEXT).getBytes(UTF_16LE)), null)).isEqualTo(LINES);
    }

    @Test
    void aSpreadsheetIsRefused() {
        assertThatThrownBy(() -> lines(new byte[] {'P', 'K', 3, 4, 20, 0}, null))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("save the sheet as CSV");
    }

    @Test
    void eachLineBreakEndsALineAndInvalidBytesMarkTheirs() throws IOException {
        byte[] text = "a\r\nb\rc\n\nd".getBytes(UTF_8);
        assertThat(lines(text, null)).containsExactly("a", "b", "c", "", "d");
        LineReader reader = input(new byte[] {'a', '\n', 'b', (byte) 0xFF, 'c', (byte) 0xC3, '\n', 'd'}, null)
                .lines();
        assertThat(reader.next()).isEqualTo(new Line(1, "a", true, Line.VALID));
        assertThat(reader.next()).isEqualTo(new Line(2, "b\uFFFDc\uFFFD", true, 3));
        assertThat(reader.next()).isEqualTo(new Line(3, "d", true, Line.VALID));
        assertThat(reader.next()).isNull();
        assertThat(input(new byte[] {'a', (byte) 0xC3}, null).lines().next())
                .isEqualTo(new Line(1, "a\uFFFD", true, 1));
    }

    @Test
    void aLongLineIsReadInPieces() throws IOException {
        LineReader reader = input(("x".repeat(LineReader.MAX_CHARS + 1) + "\ny").getBytes(UTF_8), null)
                .lines();
        Line first = reader.next();
        assertThat(first).isNotNull();
        assertThat(first.complete()).isFalse();
        assertThat(reader.next()).isEqualTo(new Line(1, "x", true, Line.VALID));
        assertThat(reader.next()).isEqualTo(new Line(2, "y", true, Line.VALID));
        LineReader exact =
                input("x".repeat(LineReader.MAX_CHARS).getBytes(UTF_8), null).lines();
        assertThat(exact.next()).isNotNull();
        assertThat(exact.next()).isEqualTo(new Line(1, "", true, Line.VALID));
        assertThat(exact.next()).isNull();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static FileInput input(byte[] bytes, @Nullable Charset charset) throws IOException {
        return FileInput.open(new ByteArrayInputStream(bytes), charset);
    }

    private static List<String> lines(byte[] bytes, @Nullable Charset charset) throws IOException {
        List<String> lines = new ArrayList<>();
        LineReader reader = input(bytes, charset).lines();
        Line line = reader.next();
        while (line != null) {
            lines.add(line.text());
            line = reader.next();
        }
        return lines;
    }
}
