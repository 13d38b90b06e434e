package io.weir.storage.read;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.weir.core.fold.Ledger;
import io.weir.storage.CassandraConnection;
import io.weir.storage.LedgerTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads the tables {@code sources} and {@code ledger}. Thread-safe. */
public final class CassandraLedgerReader implements LedgerReader {

    private final CqlSession session;
    private final PreparedStatement sources;
    private final PreparedStatement ledger;

    public CassandraLedgerReader(CassandraConnection connection) {
        this.session = connection.session();
        sources = session.prepare("SELECT source, topic, topic_id, partition FROM " + connection.table("sources")
                + " WHERE registry = 'weir'");
        ledger = session.prepare("SELECT through_offset, received, stored, duplicate, rejected FROM "
                + connection.table("ledger") + " WHERE source = ? AND query = 'fused'");
    }

    @Override
    public List<SourceLedger> readAll() {
        List<SourceLedger> all = new ArrayList<>();
        Rows.of(session, sources.bind()).forEachRemaining(row -> all.add(read(row)));
        return all;
    }

    private SourceLedger read(Row row) {
        int source = row.getInt("source");
        return new SourceLedger(
                source,
                RollupColumns.text(row, "topic"),
                RollupColumns.text(row, "topic_id"),
                row.getInt("partition"),
                ledgerOf(source));
    }

    private Ledger ledgerOf(int source) {
        Iterator<Row> rows = Rows.of(session, ledger.bind(source));
        return rows.hasNext() ? LedgerTable.ledgerOf(rows.next()) : Ledger.EMPTY;
    }
}
