package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.metricproducer.CollectingSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilePublisherTest {

    private static final String READING =
            "{\"device\":\"d-17\",\"metric\":\"temperature\",\"time\":\"2026-03-29T01:30:00Z\",\"value\":21.37}";

    private static final String SEVERAL =
            "{\"device\":\"größe\",\"time\":0,\"values\":{\"temperature\":21.37,\"humidity\":40}}";

    private final CollectingSink sink = new CollectingSink();
    private final List<String> progress = new ArrayList<>();
    private final FilePublisher publisher =
            new FilePublisher(sink, (lines, bytes) -> progress.add(lines + " " + bytes));

    @Test
    void aLineOfSeveralDevicesIsARecordForEach() throws IOException {
        PublishSummary summary = publish("[" + SEVERAL + ", " + READING + ", " + SEVERAL + "]");
        assertThat(summary).isEqualTo(new PublishSummary(1, 2, 5, 0, List.of()));
        assertThat(sent()).containsExactly("größe [" + SEVERAL + "," + SEVERAL + "]", "d-17 [" + READING + "]");
    }

    @Test
    void publishesEachLineAsItIsWithTheDeviceAsKey() throws IOException {
        String array = "[" + SEVERAL + "," + SEVERAL + "]";
        PublishSummary summary = publish(READING + "\n" + SEVERAL + "\r\n\n  \n" + array);
        assertThat(summary).isEqualTo(new PublishSummary(5, 3, 7, 0, List.of()));
        assertThat(sent()).containsExactly("d-17 " + READING, "größe " + SEVERAL, "größe " + array);
        assertThat(sink.isFlushed()).isTrue();
    }

    @Test
    void reportsBadLinesAndGoesOn() throws IOException {
        PublishSummary summary =
                publish(READING + "\n{\"device\":\"d\"}\nnonsense\n[" + READING + ",17]\n" + READING + "\n");
        assertThat(summary.lines()).isEqualTo(5);
        assertThat(summary.records()).isEqualTo(2);
        assertThat(summary.badLines()).isEqualTo(3);
        assertThat(summary.firstBadLines()).extracting(BadLine::line).containsExactly(2L, 3L, 4L);
        assertThat(summary.firstBadLines())
                .extracting(BadLine::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("missing-field: metric is absent or null"),
                        reason -> assertThat(reason).startsWith("malformed: not JSON at byte "),
                        reason -> assertThat(reason)
                                .isEqualTo("malformed: found a number in the array, expected an object"));
    }

    @Test
    void keepsTheFirstOfManyBadLines() throws IOException {
        PublishSummary summary = publish("x\n".repeat(1000));
        assertThat(summary.badLines()).isEqualTo(1000);
        assertThat(summary.firstBadLines()).hasSize(20);
        assertThat(sink.records()).isEmpty();
    }

    @Test
    void aLineTooLongIsOneBadLine() throws IOException {
        String longest = READING + " ".repeat(LineReader.MAX_LINE_BYTES - READING.length());
        PublishSummary summary = publish(READING + "\n" + longest + " \n" + longest + "\n" + "{".repeat(5_000_000));
        assertThat(summary.records()).isEqualTo(2);
        assertThat(summary.firstBadLines()).extracting(BadLine::line).containsExactly(2L, 4L);
        assertThat(summary.firstBadLines().get(0).reason())
                .isEqualTo("longer than 1000000 bytes, the most that a record can have");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(publish("\uFEFF" + READING + "\n").records()).isEqualTo(1);
    }

    @Test
    void anEmptyFileHoldsNothing() throws IOException {
        assertThat(publish("")).isEqualTo(new PublishSummary(0, 0, 0, 0, List.of()));
    }

    @Test
    void tellsLinesAndBytesSoFar() throws IOException {
        publish("x\r\n\nö");
        assertThat(progress).containsExactly("1 3", "2 4", "3 6");
    }

    @Test
    void linesAreTheSameHoweverTheyArrive() throws IOException {
        byte[] file = (READING + "\n" + SEVERAL + "\r\n" + READING).getBytes(UTF_8);
        InputStream trickle = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1));
            }
        };
        assertThat(publisher.publish(trickle, LineFormat.json())).isEqualTo(new PublishSummary(3, 3, 4, 0, List.of()));
    }

    private PublishSummary publish(String file) throws IOException {
        return publisher.publish(new ByteArrayInputStream(file.getBytes(UTF_8)), LineFormat.json());
    }

    private List<String> sent() {
        return sink.records().stream()
                .map(record -> new String(record.key(), UTF_8) + " " + new String(record.value(), UTF_8))
                .toList();
    }
}
