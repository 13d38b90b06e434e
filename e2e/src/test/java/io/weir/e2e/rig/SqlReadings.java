package io.weir.e2e.rig;

import io.weir.core.reading.Reading;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same readings in an SQL database, for comparison. */
public final class SqlReadings implements AutoCloseable {

    /**
     * The local time of Europe/Berlin in seconds, valid between the clock changes of March 2025 and October 2026:
     * winter time lasts from 2025-10-26T01:00Z to 2026-03-29T01:00Z.
     */
    private static final String LOCAL =
            "(time / 1000 + CASE WHEN time >= 1761440400000 AND time < 1774746000000 THEN 3600 ELSE 7200 END)";

    private final Connection connection;

    private SqlReadings(Connection connection) {
        this.connection = connection;
    }

    public static SqlReadings of(List<Reading> readings) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (var create = connection.createStatement();
                PreparedStatement insert = insert(connection, create)) {
            connection.setAutoCommit(false);
            for (Reading reading : readings) {
                insert.setString(1, reading.device());
                insert.setString(2, reading.group());
                insert.setString(3, reading.metric());
                insert.setLong(4, reading.time());
                insert.setDouble(5, reading.value());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
        return new SqlReadings(connection);
    }

    private static PreparedStatement insert(Connection connection, java.sql.Statement create) throws SQLException {
        create.execute("CREATE TABLE readings (device TEXT, grp TEXT, metric TEXT, time INTEGER, value REAL)");
        return connection.prepareStatement("INSERT INTO readings VALUES (?, ?, ?, ?, ?)");
    }

    /** Returns count, sum, min and max by local day, such as 2026-03-29. */
    public Map<String, List<Double>> byDay(String where, Object... values) throws SQLException {
        return grouped("date(" + LOCAL + ", 'unixepoch')", where, values);
    }

    /** Returns count, sum, min and max by hour: whole hours since the epoch. */
    public Map<String, List<Double>> byHour(String where, Object... values) throws SQLException {
        return grouped("time / 3600000", where, values);
    }

    /** Returns count, sum, min and max; the last three are null if there are no readings. */
    public List<Double> summary(String where, Object... values) throws SQLException {
        return grouped("1", where, values).getOrDefault("1", List.of(0.0));
    }

    /** Returns a percentile, interpolated between the two values around its rank. */
    public double percentile(long percent, String where, Object... values) throws SQLException {
        long hundredfold = percent * (summary(where, values).get(0).longValue() - 1);
        String select =
                "SELECT value FROM readings WHERE " + where + " ORDER BY value LIMIT 2 OFFSET " + hundredfold / 100;
        try (PreparedStatement statement = bound(select, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            double low = rows.getDouble(1);
            return rows.next() ? low + (rows.getDouble(1) - low) * (hundredfold % 100) / 100 : low;
        }
    }

    private Map<String, List<Double>> grouped(String key, String where, Object... values) throws SQLException {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        String select = "SELECT " + key + " AS k, count(*), sum(value), min(value), max(value) FROM readings WHERE "
                + where + " GROUP BY k ORDER BY k";
        try (PreparedStatement statement = bound(select, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                List<Double> row = new ArrayList<>();
                for (int i = 2; i <= 5; i++) {
                    row.add(rows.getDouble(i));
                }
                found.put(rows.getString(1), row);
            }
        }
        return found;
    }

    private PreparedStatement bound(String select, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(select);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
