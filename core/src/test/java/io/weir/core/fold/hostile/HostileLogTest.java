package io.weir.core.fold.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.DocumentPart;
import io.weir.core.Modules;
import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RejectReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Tests that all records of any log are accounted for, that the stored rows depend neither on the fold's memory nor on
 * the size of chunks, and that the fold keeps its memory limit. {@code -Dweir.hostile.lives=25000} runs 10 million
 * records.
 */
class HostileLogTest {

    private static final int LIVES = Integer.getInteger("weir.hostile.lives", 39);
    private static final long SEED = Long.getLong("weir.hostile.seed", 1);
    private static final int RECORDS = 400;

    /** The limit of a life's record size is the default one, halved up to 12 times. */
    private static final int SIZES = 13;

    /** In one of so many lives, the long-lived fold applies a log with the same seed. */
    private static final int MEASURED_EVERY = Math.max(8, LIVES / 500);

    private static final long MEMORY = 64L << 20;

    /** The heap bytes of a reading and its six new rollup rows, less than 5 KiB with short names. */
    private static final int ELEMENT_BYTES = 5 << 10;

    private static final long LIMIT = limit(MEMORY, JsonReadingDecoder.MAX_ELEMENTS);

    /** So small that no record has more than a thousand elements. */
    private static final int SMALL_RECORD_BYTES = 10_000;

    private static final DocumentPart PAGE = new DocumentPart("explanation/reliability.md", "hostile");
    private static final String PLOT = "images/hostile-heap.svg";
    private static final String REWRITE =
            "mvn -pl core test -Dtest=HostileLogTest -Dweir.hostile.lives=%d -Dweir.docs.write=true";

    /** With a signer, the fold parses every record with the key of commands. */
    private static final CommandSigner SIGNER = new CommandSigner(CommandKey.parse("00".repeat(32)), "source");

    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private final List<HeapPlot.Sample> heap = new ArrayList<>();
    private long received;
    private long stored;
    private long duplicates;

    @Test
    void everyRecordIsAccountedForWithinTheMemory() throws IOException {
        LongLivedFold longLived = new LongLivedFold(settings(MEMORY));
        System.out.println("records,peak_bytes,retained_bytes");
        long records = 0;
        for (long seed = SEED; seed < SEED + LIVES; seed++) {
            live(seed);
            records += RECORDS;
            if (seed % MEASURED_EVERY == 0) {
                long peak = longLived.apply(new HostileLog(seed).records(RECORDS));
                long retained = longLived.flush();
                heap.add(new HeapPlot.Sample(records, peak, retained));
                System.out.println(records + "," + peak + "," + retained);
                assertThat(peak).as("seed %d: heap bytes of the fold", seed).isLessThan(LIMIT);
            }
        }
        // The default settings accept any age, and the decoder fails on none of these records.
        Set<RejectReason> never = EnumSet.of(RejectReason.TOO_OLD, RejectReason.QUARANTINED);
        assertThat(rejected.keySet()).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(never)));
        if (DocumentPart.WRITE) {
            write(records);
        }
    }

    @Test
    void rowsAreEvictedAtTheLimitOfTheMemory() {
        long memory = 4 << 20;
        LongLivedFold fold = new LongLivedFold(settings(memory));
        for (long seed = SEED; seed < SEED + 12; seed++) {
            assertThat(fold.apply(new HostileLog(seed, SMALL_RECORD_BYTES).records(RECORDS)))
                    .as("seed %d: heap bytes of the fold", seed)
                    .isLessThan(limit(memory, SMALL_RECORD_BYTES / 10));
        }
    }

    /**
     * The memory, with rows and catalog entries at their own limits, and two records: the elements and rows of one may
     * exceed it, and those of the one before until they are written.
     */
    private static long limit(long memory, int elements) {
        return memory / 5 * 8 + 2L * elements * ELEMENT_BYTES;
    }

    private void live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int recordBytes = HostileLog.RECORD_BYTES >> seed % SIZES;
        List<LogRecord> log = new HostileLog(seed, recordBytes).records(RECORDS);

        PlainTables ample = new PlainTables();
        Ledger ledger = apply(log, ample, 1L << 30, log.size());
        PlainTables scarce = new PlainTables();
        apply(log, scarce, 1L << (10 + random.nextInt(15)), 1 + random.nextInt(RECORDS));

        assertThat(ledger.throughOffset())
                .as("seed %d", seed)
                .isEqualTo(log.get(log.size() - 1).offset());
        assertThat(ledger.balances()).as("seed %d: %s", seed, ledger).isTrue();
        assertThat(ledger.received()).isGreaterThanOrEqualTo(RECORDS);
        assertThat(scarce.contents()).as("seed %d", seed).isEqualTo(ample.contents());
        received += ledger.received();
        stored += ledger.stored();
        duplicates += ledger.duplicate();
        ledger.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    }

    private static Ledger apply(List<LogRecord> log, PlainTables tables, long memory, int chunk) {
        DecidingFold fold = new DecidingFold(settings(memory), new JsonReadingDecoder(), tables, (from, to) -> false);
        for (int from = 0; from < log.size(); from += chunk) {
            fold.open();
            fold.apply(log.subList(from, Math.min(log.size(), from + chunk)));
            fold.flush();
        }
        Ledger ledger = tables.readLedger();
        assertThat(ledger).isNotNull();
        return ledger;
    }

    private static FoldSettings settings(long memory) {
        FoldSettings usual = FoldSettings.DEFAULT;
        return new FoldSettings(usual.zone(), usual.rules(), usual.maxRecordBytes(), memory, SIGNER);
    }

    private void write(long records) throws IOException {
        HeapPlot.write(heap, MEMORY, LIMIT, Modules.CORE.resolveSibling("docs").resolve(PLOT));
        StringBuilder counts = new StringBuilder();
        counts.append(String.format(
                "%,15d  lives, from seed %d on%n%,15d  records%n%,15d  elements%n%,15d  stored%n%,15d  duplicate%n",
                LIVES, SEED, records, received, stored, duplicates));
        rejected.forEach((reason, count) -> counts.append(String.format("%,15d  %s%n", count, reason.code())));
        PAGE.write(
                String.format(REWRITE, LIVES),
                "```\n" + counts + "```\n\n![Heap of a fold over the records](../" + PLOT + ")\n");
    }
}
