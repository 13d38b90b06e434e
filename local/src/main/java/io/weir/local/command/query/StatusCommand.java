package io.weir.local.command.query;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import io.weir.core.fold.port.Ledger;
import io.weir.local.command.connection.KafkaAdmin;
import io.weir.local.command.connection.Tables;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.ResultFormat;
import io.weir.local.command.terminal.RowWriter;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.json.Json;
import io.weir.query.log.KafkaLogEnds;
import io.weir.query.status.SourceStatus;
import io.weir.query.status.Status;
import io.weir.storage.catalog.CassandraDeviceSourcesReader;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.run.CassandraFailureReader;
import io.weir.storage.session.CassandraConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the state of the pipeline. */
@Command(
        name = "status",
        description = {
            "Show the ledger and the lag of each source, and the queries that are failing, since when and why.",
            "CSV has the sources alone."
        },
        footer = {"", "Examples:", "  weir status", "  weir status --json"})
public final class StatusCommand implements Callable<Integer> {

    private static final String SEE =
            ". A reading that is sent to both counts twice: see docs/how-to/fix-devices-in-two-sources.md";

    private static final List<RowWriter.Column> COLUMNS = Stream.of(
                    "topic",
                    "partition",
                    "received",
                    "stored",
                    "duplicate",
                    "rejected",
                    "through_offset",
                    "lag",
                    "retired")
            .map(RowWriter.Column::of)
            .toList();

    @Mixin
    private Target target = new Target();

    @Mixin
    private ResultFormat format = new ResultFormat();

    @Override
    public Integer call() {
        ResultFormat.Kind kind = format.kind();
        // Opens only the tables that hold the state, because the pipeline may be failing on another table.
        try (CassandraConnection connection = target.cassandraWithTables(null);
                Admin admin = KafkaAdmin.connect(target.bootstrap())) {
            Tables.requireSettings(connection);
            Status status = Status.of(
                    new CassandraLedgerReader(connection),
                    new CassandraDeviceSourcesReader(connection),
                    new CassandraFailureReader(connection),
                    new KafkaLogEnds(admin));
            switch (kind) {
                case json -> Terminal.answer().println(Json.text(status));
                case csv -> writeCsv(status.sources());
                case table -> show(status);
            }
            return ExitCode.DONE;
        }
    }

    private static void show(Status status) {
        Terminal.answer().println(table(status.sources()));
        queries(status.sources()).ifPresent(Terminal.answer()::println);
        status.failing().forEach(failing -> Terminal.answer().println("FAILING: " + failing.sentence()));
        if (status.devicesInTwoSources().count() > 0) {
            Terminal.answer().println("WARNING: " + status.devicesInTwoSources().sentence() + SEE);
        }
    }

    private static void writeCsv(List<SourceStatus> sources) {
        RowWriter rows = RowWriter.begin(ResultFormat.Kind.csv, COLUMNS);
        sources.forEach(source -> rows.add(
                source.topic(),
                source.partition(),
                source.received(),
                source.stored(),
                source.duplicate(),
                source.rejected(),
                source.throughOffset(),
                source.lag(),
                source.retired()));
        rows.end();
    }

    static String table(List<SourceStatus> sources) {
        return AsciiTable.getTable(
                AsciiTable.NO_BORDERS,
                sources,
                List.of(
                        new Column().header("topic").with(SourceStatus::topic),
                        new Column().header("partition").with(source -> Integer.toString(source.partition())),
                        new Column().header("received").with(source -> Long.toString(source.received())),
                        new Column().header("stored").with(source -> Long.toString(source.stored())),
                        new Column().header("duplicate").with(source -> Long.toString(source.duplicate())),
                        new Column().header("rejected").with(StatusCommand::rejected),
                        new Column().header("through offset").with(source -> Long.toString(source.throughOffset())),
                        new Column().header("lag").with(StatusCommand::lag)));
    }

    /** The progress of each query, in the layout with one query per table. */
    private static Optional<String> queries(List<SourceStatus> sources) {
        List<SourceStatus> spread = sources.stream()
                .filter(source -> !source.throughOffsets().isEmpty())
                .toList();
        if (spread.isEmpty()) {
            return Optional.empty();
        }
        List<ColumnData<String>> columns = new ArrayList<>();
        columns.add(new Column().header("through offset of query").with(query -> query));
        for (SourceStatus source : spread) {
            columns.add(new Column()
                    .header(source.topic() + " " + source.partition())
                    .with(query -> Long.toString(source.throughOffsets().getOrDefault(query, Ledger.NOTHING))));
        }
        List<String> queries = List.copyOf(spread.get(0).throughOffsets().keySet());
        return Optional.of(AsciiTable.getTable(AsciiTable.NO_BORDERS, queries, columns));
    }

    private static String lag(SourceStatus source) {
        if (source.retired()) {
            return "retired";
        }
        return source.lag() == null ? "log gone" : Long.toString(source.lag());
    }

    private static String rejected(SourceStatus source) {
        return source.rejected() == 0 ? "0" : source.rejected() + " " + source.rejectedByReason();
    }
}
