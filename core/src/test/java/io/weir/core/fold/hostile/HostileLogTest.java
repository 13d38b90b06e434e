package io.weir.core.fold.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.engine.DecidingFold;
import io.weir.core.fold.engine.FoldSettings;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RejectReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Tests that all records of any log are accounted for, and that the stored rows depend neither on the fold's memory nor
 * on the size of chunks. Run more lives with {@code -Dweir.hostile.lives}.
 */
class HostileLogTest {

    private static final int LIVES = Integer.getInteger("weir.hostile.lives", 12);
    private static final long SEED = Long.getLong("weir.hostile.seed", 1);
    private static final int RECORDS = 400;

    /** With a signer, the fold parses every record with the key of commands. */
    private static final CommandSigner SIGNER = new CommandSigner(CommandKey.parse("00".repeat(32)), "source");

    @Test
    void everyRecordIsAccountedForWhateverTheMemory() {
        Set<RejectReason> seen = EnumSet.noneOf(RejectReason.class);
        for (long seed = SEED; seed < SEED + LIVES; seed++) {
            List<LogRecord> log = new HostileLog(seed).records(RECORDS);
            SplittableRandom random = new SplittableRandom(seed);

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
            seen.addAll(ledger.rejected().keySet());
        }
        // The default settings accept any age, and the decoder fails on none of these records.
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(EnumSet.of(RejectReason.TOO_OLD, RejectReason.QUARANTINED)));
    }

    private static Ledger apply(List<LogRecord> log, PlainTables tables, long memory, int chunk) {
        FoldSettings usual = FoldSettings.DEFAULT;
        DecidingFold fold = new DecidingFold(
                new FoldSettings(usual.zone(), usual.rules(), usual.maxRecordBytes(), memory, SIGNER),
                new JsonReadingDecoder(),
                tables,
                (from, to) -> false);
        for (int from = 0; from < log.size(); from += chunk) {
            fold.open();
            fold.apply(log.subList(from, Math.min(log.size(), from + chunk)));
            fold.flush();
        }
        Ledger ledger = tables.readLedger();
        assertThat(ledger).isNotNull();
        return ledger;
    }
}
