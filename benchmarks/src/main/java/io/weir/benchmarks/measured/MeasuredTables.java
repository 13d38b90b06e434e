package io.weir.benchmarks.measured;

import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.session.CassandraSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** The tables of a measured Weir, with the check that they hold all sent readings. */
public record MeasuredTables(CassandraConnection connection, ReadTables read) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int VERIFY_THREADS = 2;

    /** Connects to a running Weir. */
    public static MeasuredTables open(CassandraSettings settings) {
        CassandraConnection connection = CassandraConnection.open(settings);
        try {
            return new MeasuredTables(
                    connection,
                    CassandraReadTables.open(connection, new PipelineMeta(connection, Clock.systemUTC()).read()));
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Waits until the ledger has stored all sent readings, as long as it makes progress, and verifies the tables.
     *
     * @throws NotMeasuredException if it makes no progress, or a rollup differs from its raw readings
     */
    public void requireExact(long sent) throws InterruptedException {
        awaitStored(sent);
        VerifyResult result = new Verify(read, ZoneOffset.UTC, Clock.systemUTC(), VERIFY_THREADS).run();
        if (!result.isRight()) {
            throw new NotMeasuredException(result.differenceCount() + " differences between rollups and raw readings");
        }
    }

    private void awaitStored(long sent) throws InterruptedException {
        long before = -1;
        long deadline = 0;
        for (long stored = stored(); stored != sent; stored = stored()) {
            if (stored != before) {
                before = stored;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new NotMeasuredException("the ledger has " + stored + " readings of " + sent
                        + ", and made no progress within " + PATIENCE.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long stored() {
        return read.ledgers().readAll().stream()
                .mapToLong(source -> source.ledger().stored())
                .sum();
    }

    @Override
    public void close() {
        connection.close();
    }
}
