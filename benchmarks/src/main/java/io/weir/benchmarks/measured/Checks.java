package io.weir.benchmarks.measured;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.metricproducer.simulation.Truth;
import io.weir.query.verify.LedgerCheck;
import io.weir.query.verify.Verify;
import io.weir.query.verify.VerifyResult;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.read.TokenSlice;
import io.weir.storage.rollup.RollupTable;
import io.weir.storage.run.PipelineMeta;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Compares the rows of a variant with the readings that the fleet has sent. */
public final class Checks {

    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    /** Enough token ranges that counting the rows of one stays far below the request timeout. */
    private static final long SLICE_ROWS = 20_000;

    private static final long LEAST_SLICES = 64;

    private static final double ROUNDING = 1e-9;

    private static final int LISTED = 2;

    private Checks() {}

    /** Checks that a variant without tables has counted every reading. */
    public static Verdict counted(long counted, Truth truth) {
        return counted == truth.sent()
                ? Verdict.right("all readings", 0)
                : Verdict.wrong("counted " + counted + " readings of " + truth.sent(), 0);
    }

    /** Checks Weir's tables: recomputes every rollup, and compares the ledger with the fleet's counts. */
    public static Verdict weir(CassandraConnection connection, Truth truth) {
        Map<String, String> settings = new PipelineMeta(connection, Clock.systemUTC()).read();
        ReadTables tables = CassandraReadTables.open(connection, settings);
        ZoneId zone = PartitionLayout.of(settings).zone();
        VerifyResult result = new Verify(tables, zone, Clock.systemUTC(), THREADS).run();
        long rows = 2 * total(result.ledger(), LedgerCheck::stored) + result.compared();
        if (!result.isRight()) {
            return Verdict.wrong(result.differenceCount() + " differences", rows);
        }
        List<String> wrong = wrongIn(tables.ledgers().readAll(), truth);
        return wrong.isEmpty() ? Verdict.right("0 differences", rows) : Verdict.wrong(summary(wrong), rows);
    }

    /** Checks the totals of Weir's tables and the ledger, if recomputing every rollup would take too long. */
    public static Verdict weirInTotal(CassandraConnection connection, Truth truth) {
        Map<String, String> settings = new PipelineMeta(connection, Clock.systemUTC()).read();
        List<String> wrong =
                wrongIn(CassandraReadTables.open(connection, settings).ledgers().readAll(), truth);
        return inTotal(connection, truth, RollupTable.all(), wrong);
    }

    /** Checks the totals of Weir's raw tables. */
    public static Verdict rawInTotal(CassandraConnection connection, Truth truth) {
        return inTotal(connection, truth, List.of(), new ArrayList<>());
    }

    /** Checks the totals of plain tables. */
    public static Verdict plain(CassandraConnection connection, Truth truth) {
        return inTotal(connection, truth, RollupTable.all(), new ArrayList<>());
    }

    /** Checks that every raw table holds each reading once, and every rollup table has the same count and sum. */
    private static Verdict inTotal(
            CassandraConnection connection, Truth truth, List<RollupTable> rollupTables, List<String> wrong) {
        int slices = Math.toIntExact(Math.max(LEAST_SLICES, truth.stored() / SLICE_ROWS));
        Totals device = totals(connection, "raw_by_device", slices, "COUNT(*)", "SUM(value)");
        Totals group = totals(connection, "raw_by_group", slices, "COUNT(*)", "SUM(value)");
        long rows = device.rows + group.rows;
        compare("raw_by_device", device.readings, truth.stored(), wrong);
        compare("raw_by_group", group.readings, truth.stored(), wrong);
        for (RollupTable table : rollupTables) {
            Totals rollups = totals(connection, table.table(), slices, "SUM(count)", "SUM(sum)");
            rows += rollups.rows;
            compare(table.table(), rollups.readings, truth.stored(), wrong);
            if (Math.abs(rollups.sum - device.sum) > ROUNDING * Math.abs(device.sum)) {
                wrong.add(table.table() + " sums to " + rollups.sum + ", expected " + device.sum);
            }
        }
        return wrong.isEmpty() ? Verdict.right("counts and sums", rows) : Verdict.wrong(summary(wrong), rows);
    }

    /** Checks that the ledgers, including those of follower queries, account for all sent readings. */
    private static List<String> wrongIn(List<SourceLedger> sources, Truth truth) {
        List<String> wrong = new ArrayList<>();
        compare("received", total(sources, source -> source.ledger().received()), truth.sent(), wrong);
        compare("stored", total(sources, source -> source.ledger().stored()), truth.stored(), wrong);
        compare("duplicate", total(sources, source -> source.ledger().duplicate()), truth.duplicate(), wrong);
        for (SourceLedger source : sources) {
            String offset = "the last offset of source " + source.source() + " that is in all tables";
            compare(offset, source.throughOffsetOfAll(), source.ledger().throughOffset(), wrong);
        }
        return wrong;
    }

    private static void compare(String what, long found, long expected, List<String> wrong) {
        if (found != expected) {
            wrong.add(what + " " + found + ", expected " + expected);
        }
    }

    private static String summary(List<String> wrong) {
        String first = String.join("; ", wrong.subList(0, Math.min(wrong.size(), LISTED)));
        return wrong.size() <= LISTED ? first : first + "; and " + (wrong.size() - LISTED) + " more";
    }

    private static <T> long total(List<T> all, ToLongFunction<T> count) {
        return all.stream().mapToLong(count).sum();
    }

    private static Totals totals(
            CassandraConnection connection, String table, int slices, String readings, String sum) {
        String token = "token(" + partitionKey(connection, table) + ")";
        PreparedStatement select = connection
                .session()
                .prepare("SELECT COUNT(*), " + readings + ", " + sum + " FROM " + connection.table(table) + " WHERE "
                        + token + " > ? AND " + token + " <= ?");
        Totals totals = new Totals(0, 0, 0);
        for (TokenSlice slice : TokenSlice.ring(slices)) {
            Row row = connection
                    .session()
                    .execute(select.bind(slice.after(), slice.through()))
                    .one();
            if (row != null) {
                totals = new Totals(
                        totals.rows + row.getLong(0), totals.readings + row.getLong(1), totals.sum + row.getDouble(2));
            }
        }
        return totals;
    }

    private static String partitionKey(CassandraConnection connection, String table) {
        return connection
                .session()
                .getMetadata()
                .getKeyspace(connection.settings().keyspace())
                .flatMap(keyspace -> keyspace.getTable(table))
                .orElseThrow(() -> new IllegalStateException("found no table " + connection.table(table)))
                .getPartitionKey()
                .stream()
                .map(column -> column.getName().asCql(true))
                .collect(Collectors.joining(", "));
    }

    /** The number of rows of a table, and the count and sum of their readings. */
    private record Totals(long rows, long readings, double sum) {}
}
