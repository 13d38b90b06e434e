package io.weir.core.fold.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.LogRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Generates records as an attacker or a broken device may send them: every property of a record at its extremes, among
 * ordinary readings with duplicates and conflicts. Deterministic for a seed.
 */
public final class HostileLog {

    /** About the default limit of a record's size, in bytes. */
    static final int RECORD_BYTES = 262_000;

    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");

    private static final int[] BYTE_ORDER_MARKS = {0x0000FEFF, 0xFFFE0000, 0x0000FFFE, 0xFEFF0000, 0xFEFF007B};

    private final SplittableRandom random;
    private final int recordBytes;

    /** About when the records were sent, in milliseconds since the epoch: another hour for each seed. */
    private final long now;

    /** Creates a log with records up to the default limit of their size. */
    public HostileLog(long seed) {
        this(seed, RECORD_BYTES);
    }

    /** @param recordBytes about the maximum size of keys and values */
    HostileLog(long seed, int recordBytes) {
        this.random = new SplittableRandom(seed);
        this.recordBytes = recordBytes;
        this.now = FIRST.plus(Duration.ofHours(seed)).toEpochMilli();
    }

    /** Returns a number of records in offset order. */
    public List<LogRecord> records(int count) {
        List<LogRecord> records = new ArrayList<>(count);
        long offset = 0;
        for (int i = 0; i < count; i++) {
            offset += 1 + upTo(1000) / 990; // few gaps
            records.add(new LogRecord(offset, timestamp(), key(), value()));
        }
        return records;
    }

    private long timestamp() {
        return switch (random.nextInt(40)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> Long.MIN_VALUE;
            case 4 -> now * 1_000_000; // in nanoseconds
            default -> now + random.nextInt(60_000);
        };
    }

    private byte @Nullable [] key() {
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> new byte[upTo(recordBytes)];
            case 2, 3 -> RebuildCommand.key();
            default -> ("d-" + random.nextInt(5)).getBytes(UTF_8);
        };
    }

    private byte @Nullable [] value() {
        return switch (random.nextInt(40)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> noise();
            case 23 -> marked(random.nextBoolean() ? noise() : bytes(ordinary()));
            case 3 -> bytes("[" + joined(recordBytes / 2, i -> "0") + "]");
            case 4 -> bytes("[" + joined(recordBytes / 3, i -> "{}") + "]");
            case 5 -> bytes("[".repeat(upTo(recordBytes)));
            case 6 -> bytes("{\"device\":".repeat(upTo(recordBytes / 10)));
            case 7 -> bytes("{\"" + "n".repeat(upTo(recordBytes)) + "\":1}");
            case 8 -> bytes("{" + joined(recordBytes / 10, i -> "\"f" + i + "\":" + i) + "}");
            case 9 ->
                bytes("{\"device\":\"d\",\"time\":" + now + ",\"values\":{"
                        + joined(recordBytes / 10, i -> "\"m" + i + "\":" + i) + "}}");
            case 10 ->
                bytes("{\"device\":\"d\",\"time\":" + now + ",\"values\":{"
                        + joined(recordBytes / 10, i -> "\"m" + i % 7 + "\":\"x\"") + "}}");
            case 11 -> bytes(reading(name(), name(), now, "1"));
            case 12 -> bytes(reading("d", "m", now, "1" + "0".repeat(upTo(3000))));
            case 13 -> bytes(reading("d", "m", now, "0." + "3".repeat(upTo(3000))));
            case 14 -> bytes(reading("d".repeat(upTo(600)), "m", now, "1"));
            case 15 -> bytes(reading("\\u0000\\u202e\\ud800", "m", now, "1"));
            case 16 -> bytes(reading("d", "m", random.nextLong(), "1"));
            case 17 -> cut(bytes(readings(upTo(300))));
            case 18 -> bytes(readings(upTo(2500)));
            case 19 -> bytes(" ".repeat(upTo(recordBytes)) + ordinary());
            case 20, 21, 22 -> bytes(reading("wide", "m", now + random.nextInt(1_000_000), wide()));
            default -> bytes(ordinary());
        };
    }

    private String readings(int count) {
        return "[" + IntStream.range(0, count).mapToObj(i -> ordinary()).collect(Collectors.joining(",")) + "]";
    }

    /**
     * Returns one of few readings, so that many are duplicates and conflicts; some are of devices that send only once.
     */
    private String ordinary() {
        String device = random.nextInt(10) == 0 ? "once-" + random.nextInt() : "d-" + random.nextInt(5);
        return reading(device, "m", now + random.nextInt(500) * 60_000L, Integer.toString(random.nextInt(3)));
    }

    private static String reading(String device, String metric, long time, String value) {
        return "{\"device\":\"" + device + "\",\"group\":\"g\",\"metric\":\"" + metric + "\",\"time\":" + time
                + ",\"value\":" + value + "}";
    }

    /** Returns a name of the maximum length, of characters that take four bytes. */
    private String name() {
        int first = 0x1F300 + random.nextInt(256);
        return Character.toString(first).repeat(256);
    }

    private String wide() {
        double magnitude = StrictMath.pow(10, random.nextDouble() * 420 - 310);
        return Double.toString(random.nextBoolean() ? magnitude : -magnitude);
    }

    private byte[] noise() {
        byte[] noise = new byte[upTo(2000)];
        random.nextBytes(noise);
        return noise;
    }

    /** Returns the value after a byte order mark of an encoding of 32 or 16 bits. */
    private byte[] marked(byte[] value) {
        int mark = BYTE_ORDER_MARKS[random.nextInt(BYTE_ORDER_MARKS.length)];
        return ByteBuffer.allocate(Integer.BYTES + value.length)
                .putInt(mark)
                .put(value)
                .array();
    }

    private byte[] cut(byte[] value) {
        byte[] cut = new byte[random.nextInt(value.length)];
        System.arraycopy(value, 0, cut, 0, cut.length);
        return cut;
    }

    private String joined(int maxCount, IntFunction<String> element) {
        return IntStream.range(0, upTo(maxCount)).mapToObj(element).collect(Collectors.joining(","));
    }

    /** Returns a number from 1 to a limit; each order of magnitude is equally likely. */
    private int upTo(int limit) {
        return (int) StrictMath.pow(limit, random.nextDouble());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
