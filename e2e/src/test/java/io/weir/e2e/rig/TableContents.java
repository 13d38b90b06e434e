package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.weir.core.reference.ReferenceRollup;
import io.weir.core.rollup.QuantileSketch;
import io.weir.core.rollup.Sample;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares the stored tables, row by row and in plain CQL, with the expectation of an oracle. */
public final class TableContents {

    private final CqlSession session;
    private final String keyspace;
    private final Map<Integer, Integer> partitions = new HashMap<>();

    public TableContents(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
        rows("SELECT source, partition FROM sources")
                .forEach(row -> partitions.put(row.getInt("source"), row.getInt("partition")));
    }

    /** Fails on a missing, additional or wrong row; returns how many rows were compared. */
    public long assertEqualTo(LogOracle oracle) {
        long compared = compareRaw("raw_by_device", oracle) + compareRaw("raw_by_group", oracle);
        Set<String> found = new TreeSet<>();
        for (String resolution : List.of("hour", "day", "month")) {
            for (String scope : List.of("device", "group")) {
                compareRollups(resolution + "_by_" + scope, scope, oracle, found);
            }
        }
        assertThat(found).as("rollup rows").hasSameSizeAs(oracle.rollups().keySet());
        return compared + found.size();
    }

    private long compareRaw(String table, LogOracle oracle) {
        long count = 0;
        for (Row row : rows("SELECT source, device, metric, time, value FROM " + table)) {
            String key = LogOracle.key(
                    partitions.get(row.getInt("source")),
                    row.getString("device"),
                    row.getString("metric"),
                    row.getInstant("time").toEpochMilli());
            assertThat(row.getDouble("value"))
                    .as(table + " " + key)
                    .isEqualTo(oracle.raw().get(key));
            count++;
        }
        assertThat(count).as("rows of " + table).isEqualTo(oracle.raw().size());
        return count;
    }

    private void compareRollups(String table, String scope, LogOracle oracle, Set<String> found) {
        for (Row row :
                rows("SELECT source, " + scope + ", metric, window_start, window_end, count, sum, sum_compensation,"
                        + " min, max, squared_deviations, first_time, first_device, first_value, last_time,"
                        + " last_device, last_value, sketch, through_offset FROM " + table)) {
            String key = table + " "
                    + LogOracle.key(
                            partitions.get(row.getInt("source")),
                            row.getString(scope),
                            row.getString("metric"),
                            row.getInstant("window_start").toEpochMilli());
            LogOracle.Expected expected = oracle.rollups().get(key);
            assertThat(expected).as(key + " should not be there").isNotNull();
            assertThat(row.getInstant("window_end").toEpochMilli())
                    .as(key + " ends")
                    .isEqualTo(expected.window().end());
            assertThat(row.getLong("through_offset"))
                    .as(key + " through offset")
                    .isEqualTo(expected.throughOffset());
            assertThat(expected.rollup().faultOf(content(row))).as(key).isNull();
            found.add(key);
        }
    }

    private static ReferenceRollup.Found content(Row row) {
        return new ReferenceRollup.Found(
                row.getLong("count"),
                new BigDecimal(row.getDouble("sum")).add(new BigDecimal(row.getDouble("sum_compensation"))),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("squared_deviations"),
                sample(row, "first"),
                sample(row, "last"),
                QuantileSketch.decode(Bytes.getArray(row.getByteBuffer("sketch"))));
    }

    private static Sample sample(Row row, String which) {
        return new Sample(
                row.getInstant(which + "_time").toEpochMilli(),
                row.getString(which + "_device"),
                row.getDouble(which + "_value"));
    }

    private ResultSet rows(String select) {
        return session.execute(select.replace(" FROM ", " FROM " + keyspace + "."));
    }
}
