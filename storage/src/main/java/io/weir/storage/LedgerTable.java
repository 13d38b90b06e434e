package io.weir.storage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.Ledger;
import io.weir.core.reading.RejectReason;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the ledger of a source. Thread-safe. */
public final class LedgerTable {

    /** The query that keeps the ledger. */
    private static final String QUERY = "fused";

    private final Requests requests;
    private final PreparedStatement select;
    private final PreparedStatement insert;

    public LedgerTable(CassandraConnection connection) {
        this.requests = connection.requests();
        this.select = connection
                .session()
                .prepare("SELECT through_offset, received, stored, duplicate, rejected FROM "
                        + connection.table("ledger") + " WHERE source = ? AND query = ?");
        this.insert = connection
                .session()
                .prepare("INSERT INTO " + connection.table("ledger")
                        + " (source, query, through_offset, received, stored, duplicate, rejected)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    }

    /**
     * Returns the ledger of a source; before its first, one that accounts for nothing and ends where the source begins.
     *
     * @throws io.weir.core.fold.TablesException if Cassandra is away
     */
    public Ledger read(SourceId source) {
        List<Row> rows = requests.ask("reading the ledger", select.bind(source.number(), QUERY));
        return rows.isEmpty() ? source.emptyLedger() : ledgerOf(rows.get(0));
    }

    RequestGroup write(int source, Ledger ledger) {
        Map<String, Long> rejected = new HashMap<>();
        ledger.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
        RequestGroup group = requests.group("writing the ledger");
        group.send(insert.bind(
                source,
                QUERY,
                ledger.throughOffset(),
                ledger.received(),
                ledger.stored(),
                ledger.duplicate(),
                rejected,
                ledger.throughOffset()));
        return group;
    }

    private static Ledger ledgerOf(Row row) {
        Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
        Map<String, Long> counts = row.getMap("rejected", String.class, Long.class);
        if (counts != null) {
            counts.forEach((code, count) -> rejected.put(RejectReason.ofCode(code), count));
        }
        return new Ledger(
                row.getLong("through_offset"),
                row.getLong("received"),
                row.getLong("stored"),
                row.getLong("duplicate"),
                rejected);
    }
}
