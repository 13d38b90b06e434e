package io.weir.local.command.publish;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.RejectReason;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import io.weir.metricproducer.OffsetSpan;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.session.CassandraConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Reports the outcome of published readings from the ledger: the increase of each partition's counts between the start
 * and the last record. The ledger counts readings but does not identify them, so the result is exact only if no other
 * producer published to these partitions meanwhile; otherwise the report says so.
 */
final class PublishOutcome implements AutoCloseable {

    private static final int LOOK_MILLIS = 500;

    private final CassandraConnection connection;
    private final String topic;
    private final Map<Integer, SourceLedger> before;

    private PublishOutcome(CassandraConnection connection, String topic) {
        this.connection = connection;
        this.topic = topic;
        this.before = ledgers();
    }

    /** Records the ledger before anything is published. */
    static PublishOutcome open(Target target) {
        CassandraConnection connection = target.cassandraWithTables(null);
        try {
            return new PublishOutcome(connection, target.topic());
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Waits until the ledger accounts for everything that was published, and prints the outcome.
     *
     * @param published the offsets of the records, by partition
     * @param readings the number of readings in them
     * @return the exit code
     */
    int await(Map<Integer, OffsetSpan> published, long readings, Duration limit, BooleanSupplier stop) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<Integer, SourceLedger> now = ledgers();
        while (!accountsFor(published, now)) {
            if (stop.getAsBoolean() || System.nanoTime() > deadline) {
                Terminal.notice("The pipeline has not processed everything yet"
                        + (stop.getAsBoolean() ? "" : " after " + limit.toSeconds() + " s")
                        + ": see weir status for its progress");
                return ExitCode.FAILED;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.FAILED;
            }
            now = ledgers();
        }
        return tell(Outcome.of(published, before, now), readings);
    }

    private static int tell(Outcome outcome, long readings) {
        Terminal.answer().println(outcome.sentence(readings));
        return outcome.isOf(readings) && outcome.rejectedTotal() > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static boolean accountsFor(Map<Integer, OffsetSpan> published, Map<Integer, SourceLedger> now) {
        return published.entrySet().stream().allMatch(partition -> {
            SourceLedger ledger = now.get(partition.getKey());
            return ledger != null
                    && ledger.throughOffsetOfAll() >= partition.getValue().last();
        });
    }

    private Map<Integer, SourceLedger> ledgers() {
        List<SourceLedger> all = new CassandraLedgerReader(connection).readAll();
        return all.stream()
                .filter(source -> source.isLive() && source.topic().equals(topic))
                .collect(Collectors.toMap(SourceLedger::partition, source -> source, (first, second) -> second));
    }

    /** The increase of the partitions' ledgers. */
    record Outcome(long received, long stored, long duplicate, Map<RejectReason, Long> rejected) {

        static Outcome of(
                Map<Integer, OffsetSpan> published, Map<Integer, SourceLedger> before, Map<Integer, SourceLedger> now) {
            long received = 0;
            long stored = 0;
            long duplicate = 0;
            Map<RejectReason, Long> rejected = new TreeMap<>();
            for (int partition : published.keySet()) {
                SourceLedger last = Objects.requireNonNull(now.get(partition), "the ledger accounts for it");
                SourceLedger first = before.get(partition);
                // A source that began meanwhile starts a new ledger.
                Ledger from = first == null || first.source() != last.source() ? Ledger.EMPTY : first.ledger();
                Ledger to = last.ledger();
                received += to.received() - from.received();
                stored += to.stored() - from.stored();
                duplicate += to.duplicate() - from.duplicate();
                to.rejected()
                        .forEach((reason, count) ->
                                rejected.merge(reason, count - from.rejected().getOrDefault(reason, 0L), Long::sum));
            }
            rejected.values().removeIf(count -> count == 0);
            return new Outcome(received, stored, duplicate, rejected);
        }

        /** Returns whether the ledgers increased by no more than was published. */
        boolean isOf(long readings) {
            return received == readings;
        }

        long rejectedTotal() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        String sentence(long readings) {
            String counts = stored + " stored, " + duplicate + " duplicate, " + rejectedTotal() + " rejected"
                    + (rejected.isEmpty()
                            ? ""
                            : rejected.entrySet().stream()
                                    .map(reason -> reason.getKey().code() + " " + reason.getValue())
                                    .collect(Collectors.joining(
                                            ", ", " (", "; see weir rejected list for the reasons)")));
            return isOf(readings)
                    ? "Of these " + readings + " readings: " + counts
                    : "All " + readings
                            + " readings are processed. The ledger cannot tell them from those of other producers. Of"
                            + " the "
                            + received + " readings that these partitions received meanwhile: " + counts;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
