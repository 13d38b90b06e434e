package io.weir.local.redrive;

import io.weir.metricproducer.PublishException;
import io.weir.query.api.routes.Redriver;
import io.weir.query.log.KafkaLogEnds;
import io.weir.query.log.LogUnreachableException;
import io.weir.storage.ReadTables;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RedriveMarks;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Redrives for the query API, one request at a time: concurrent requests would publish the same readings twice. */
public final class RedriveOnRequest implements Redriver {

    private final CassandraConnection connection;
    private final ReadTables tables;
    private final Admin admin;
    private final String bootstrap;

    /** The caller closes the connection and the admin. */
    public RedriveOnRequest(CassandraConnection connection, ReadTables tables, Admin admin, String bootstrap) {
        this.connection = connection;
        this.tables = tables;
        this.admin = admin;
        this.bootstrap = bootstrap;
    }

    @Override
    public synchronized Redriven redrive(RejectedFilter filter, Predicate<StoredRejection> chosen) {
        List<SourceLedger> sources = tables.ledgers().readAll();
        Counts counts = new Counts();
        try (Payloads payloads = Payloads.open(sources, new KafkaLogEnds(admin), bootstrap);
                Redrive redrive = new Redrive(
                        sources, tables.raw(), payloads, new RedriveMarks(connection), bootstrap, Clock.systemUTC());
                Stream<StoredRejection> rows = new SettledRejections(tables.rejected(), sources).list(filter)) {
            redrive.run(rows.filter(chosen), counts);
        } catch (PublishException e) {
            throw new LogUnreachableException("not all readings could be published: " + e.getMessage(), e);
        }
        return new Redriven(
                counts.redriven,
                counts.leftOut.values().stream().mapToLong(Long::longValue).sum(),
                counts.leftOut);
    }

    private static final class Counts implements Redrive.Listener {

        private final Map<String, Long> leftOut = new TreeMap<>();
        private long redriven;

        @Override
        public void redriven(StoredRejection row) {
            redriven++;
        }

        @Override
        public void leftOut(StoredRejection row, String why) {
            leftOut.merge(why, 1L, Long::sum);
        }
    }
}
