package io.weir.e2e.exactness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.PipelineRig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
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
            rig.send(TOPIC, FIRST.plusSeconds(60), 3); // offsets 3 to 5

            assertRefused(commandLine, "1", "was already processed");
            assertRefused(commandLine, "2", "holds no record");
            assertRefused(commandLine, "6", "holds no record");
            CommandRun skip = skip(commandLine, "4", "--reason", "the decoder runs out of memory");
            assertThat(skip.exitCode()).as(skip.err()).isZero();
            assertThat(rig.catchUp("pipeline").exitCode()).isZero();

            assertThat(commandLine.ledger())
                    .isEqualTo(
                            Map.of("received", 5L, "stored", 4L, "duplicate", 0L, "rejected", 1L, "quarantined", 1L));
            commandLine.assertNoDifferences();
            CommandRun verify = commandLine.run("verify", "--log");
            assertThat(verify.exitCode()).as(verify.out()).isZero();
            JsonNode rejected = commandLine.run("rejected", "list", "--json").json();
            assertThat(rejected).hasSize(1);
            assertThat(rejected.get(0).get("offset").asLong()).isEqualTo(4);
            assertThat(rejected.get(0).get("reason").asText()).isEqualTo("quarantined");
        }
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
