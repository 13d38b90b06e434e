package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import io.weir.core.fold.port.ElementPosition;
import io.weir.core.fold.port.RejectedReading;
import io.weir.core.fold.port.SkippedReading;
import io.weir.core.fold.port.StoredReading;
import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.reading.Rejection;
import io.weir.core.rollup.Scope;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.PipelineRig;
import io.weir.storage.CassandraTables;
import io.weir.storage.ledger.CassandraLedgerReader;
import io.weir.storage.raw.RawTables;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.session.CassandraConnection;
import io.weir.storage.source.SourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leaves out one record that an operator has named, and no other. */
@Timeout(300)
class QuarantineIT {

    private static final String TOPIC = "readings";
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void theNamedRecordIsLeftOutAndCountedAsRejected(@TempDir Path data) throws Exception {
        try (PipelineRig rig = new PipelineRig(data)) {
            CommandLine commandLine = rig.commandLine();
            rig.createTopic(TOPIC);
            rig.send(TOPIC, FIRST, 2); // offsets 0 and 1; the transaction's marker has 2
            assertThat(rig.catchUp("pipeline").exitCode()).isZero();
            rig.send(TOPIC, FIRST.plusSeconds(60), 3); // offsets 3 to 5; the marker has 6
            Reading reading =
                    new Reading("d1", "g1", "heat", FIRST.plusSeconds(90).toEpochMilli(), 1);
            rig.send(TOPIC, null, CanonicalJson.bytes(reading)); // offset 7
            leaveRowsOfAFailedAttempt(rig, reading);

            assertRefused(commandLine, "1", "was already processed");
            assertRefused(commandLine, "2", "holds no record");
            assertRefused(commandLine, "6", "holds no record");
            assertRefused(commandLine, "8", "holds no record");
            CommandRun skip = skip(commandLine, "7", "--reason", "the decoder runs out of memory");
            assertThat(skip.exitCode()).as(skip.err()).isZero();
            assertThat(rig.catchUp("pipeline").exitCode()).isZero();

            assertThat(commandLine.ledger())
                    .isEqualTo(
                            Map.of("received", 6L, "stored", 5L, "duplicate", 0L, "rejected", 1L, "quarantined", 1L));
            commandLine.assertNoDifferences();
            CommandRun verify = commandLine.run("verify", "--log");
            assertThat(verify.exitCode()).as(verify.out()).isZero();
            JsonNode rejected = commandLine.run("rejected", "list", "--json").json();
            assertThat(rejected).hasSize(1);
            assertThat(rejected.get(0).get("offset").asLong()).isEqualTo(7);
            assertThat(rejected.get(0).get("index").asInt()).isZero();
            assertThat(rejected.get(0).get("reason").asText()).isEqualTo("quarantined");
            assertThat(rejected.get(0).get("detail").asText()).contains("an operator has named");
            try (CassandraConnection connection = rig.tables()) {
                assertThat(rowsOfTheRecord(connection, "raw_by_group")).isEmpty();
                assertThat(rowsOfTheRecord(connection, "exceptions")).isEmpty();
                assertThat(rowsOfTheRecord(connection, "rejected_readings")).hasSize(1);
            }
        }
    }

    /** Writes what a fold writes of a record at once, except the row by device, and a mark of a redrive. */
    private static void leaveRowsOfAFailedAttempt(PipelineRig rig, Reading reading) {
        ConsumerRecord<byte[], byte[]> record = rig.last(TOPIC);
        long time = record.timestamp();
        try (CassandraConnection connection = rig.tables()) {
            SourceId source =
                    new CassandraLedgerReader(connection).readAll().get(0).id();
            CassandraTables all = new CassandraTables(connection, PartitionLayout.DEFAULT);
            Rejection rejection = Rejection.of(RejectReason.OUT_OF_RANGE, "left", record.value(), 0, 9);
            all.of(source)
                    .writeRejected(List.of(
                            new RejectedReading(record.offset(), 0, rejection, time, null),
                            new RejectedReading(record.offset(), 1, rejection, time, null)))
                    .await();
            ElementPosition position = new ElementPosition(record.offset(), 1);
            all.ofDecider(source)
                    .writeExceptions(List.of(new SkippedReading(position, time, SkippedReading.Kind.DUPLICATE)))
                    .await();
            List<StoredReading> stored = List.of(new StoredReading(reading, record.offset(), time));
            new RawTables(connection, PartitionLayout.DEFAULT)
                    .write(source.number(), Set.of(Scope.GROUP), stored)
                    .await();
            connection
                    .session()
                    .execute("UPDATE weir.rejected_readings SET redriven = toTimestamp(now()) WHERE topic = '" + TOPIC
                            + "' AND day = '" + LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC)
                            + "' AND source = " + source.number() + " AND offset = " + record.offset()
                            + " AND element = 1");
        }
    }

    private static List<Row> rowsOfTheRecord(CassandraConnection connection, String table) {
        return connection
                .session()
                .execute("SELECT * FROM weir." + table + " WHERE offset = 7 ALLOW FILTERING")
                .all();
    }

    private static void assertRefused(CommandLine commandLine, String offset, String reason) {
        CommandRun run = skip(commandLine, offset);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(reason, "Nothing was changed");
    }

    private static CommandRun skip(CommandLine commandLine, String offset, String... more) {
        String[] arguments = {"source", "skip", "--partition", "0", "--offset", offset, "--yes"};
        return commandLine.run(
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new));
    }
}
