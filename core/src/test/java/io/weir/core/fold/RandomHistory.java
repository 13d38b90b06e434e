package io.weir.core.fold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random log with all that devices do: new, late, duplicate, conflicting, future and malformed readings, one to three
 * per record, around a change of the clock.
 */
final class RandomHistory {

    private static final long BEGIN = Instant.parse("2026-03-28T20:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    private final Random random;
    private final List<Reading> sent = new ArrayList<>();
    private long clock = BEGIN;

    RandomHistory(Random random) {
        this.random = random;
    }

    List<LogRecord> records(int count) {
        List<LogRecord> log = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < count; i++) {
            offset += random.nextInt(20) == 0 ? 2 : 1; // transactions leave holes
            clock += random.nextInt(4) * MINUTE;
            log.add(new LogRecord(offset, clock - clock % (30 * MINUTE), null, value()));
        }
        return log;
    }

    private byte[] value() {
        int dice = random.nextInt(100);
        if (dice < 3) {
            return "garbage".getBytes(UTF_8);
        }
        List<Reading> readings = new ArrayList<>();
        for (int i = random.nextInt(5) / 2; i >= 0; i--) {
            readings.add(reading());
        }
        return LineDecoder.encode(readings);
    }

    private Reading reading() {
        double dice = random.nextDouble();
        Reading reading;
        if (dice < 0.12 && !sent.isEmpty()) {
            reading = earlier();
        } else if (dice < 0.2 && !sent.isEmpty()) {
            Reading earlier = earlier();
            reading = new Reading(
                    earlier.device(), earlier.group(), earlier.metric(), earlier.time(), random.nextInt(10) - 4);
        } else if (dice < 0.4) {
            reading = at(Math.max(BEGIN, clock - random.nextInt(600) * MINUTE));
        } else if (dice < 0.42) {
            reading = at(clock + 600 * MINUTE);
        } else {
            reading = at(clock + random.nextInt(40));
        }
        sent.add(reading);
        return reading;
    }

    private Reading earlier() {
        return sent.get(random.nextInt(sent.size()));
    }

    private Reading at(long time) {
        int device = random.nextInt(3);
        return new Reading("d" + device, "g" + device % 2, "m", time, random.nextInt(10) - 4 + 0.1);
    }
}
