package io.weir.local.command.rejected;

import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.redrive.Payloads;
import io.weir.local.redrive.SettledRejections;
import io.weir.query.ShownRejection;
import io.weir.query.log.KafkaLogEnds;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.rejected.StoredRejection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** Rejected readings and what a redrive needs: their sources, and the log for truncated payloads and keys. */
record RejectedRows(
        Tables tables,
        List<SourceLedger> sources,
        Map<Integer, Integer> partitions,
        SettledRejections settled,
        Admin admin,
        Payloads payloads)
        implements AutoCloseable {

    @SuppressWarnings("resource") // close() closes all.
    static RejectedRows open(Target target) {
        Tables tables = Tables.open(target);
        try {
            List<SourceLedger> sources = tables.read().ledgers().readAll();
            Admin admin = KafkaAdmin.connect(target.bootstrap());
            return new RejectedRows(
                    tables,
                    sources,
                    sources.stream().collect(Collectors.toMap(SourceLedger::source, SourceLedger::partition)),
                    new SettledRejections(tables.read().rejected(), sources),
                    admin,
                    Payloads.open(sources, new KafkaLogEnds(admin), target.bootstrap()));
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    Stream<StoredRejection> list(RejectedFilter filter) {
        return settled.list(filter);
    }

    ShownRejection shown(StoredRejection row) {
        return ShownRejection.of(row, partitions.getOrDefault(row.source(), -1));
    }

    @Override
    public void close() {
        payloads.close();
        admin.close();
        tables.close();
    }
}
