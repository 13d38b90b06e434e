package io.weir.e2e.exactness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.PipelineRig;
import io.weir.local.servers.EmbeddedPipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends one record of 100 KB with a large key and hundreds of bad readings, each of which is rejected with that key.
 */
@Timeout(180)
class LargeKeyIT {

    private static final String TOPIC = "readings";
    private static final int KEY_BYTES = 100_000;
    private static final int KEPT_BYTES = 1024;
    private static final int ELEMENTS = 400;

    @Test
    void theKeyIsStoredTruncatedAndRedrivenWhole(@TempDir Path data) throws Exception {
        byte[] key = new byte[KEY_BYTES];
        Arrays.fill(key, (byte) 'k');
        key[KEY_BYTES - 1] = 'e';
        byte[] value = ("[0" + ",0".repeat(ELEMENTS - 1) + "]").getBytes(UTF_8);
        String reading = "{\"device\":\"d\",\"metric\":\"m\",\"time\":1772366400000,\"value\":1}";
        try (PipelineRig rig = new PipelineRig(data)) {
            rig.createTopic(TOPIC);
            rig.send(TOPIC, key, value);
            rig.send(TOPIC, null, reading.getBytes(UTF_8));
            CommandLine weir = rig.commandLine();

            try (EmbeddedPipeline pipeline = rig.start("pipeline")) {
                weir.awaitReceived(ELEMENTS + 1, Duration.ofSeconds(60));
                assertThat(pipeline.process().isAlive()).isTrue();
            }
            assertThat(weir.ledger())
                    .isEqualTo(Map.of(
                            "received",
                            ELEMENTS + 1L,
                            "stored",
                            1L,
                            "duplicate",
                            0L,
                            "rejected",
                            (long) ELEMENTS,
                            "malformed",
                            (long) ELEMENTS));
            weir.assertNoDifferences();

            JsonNode rejected = weir.run("rejected", "list", "--json").json();
            assertThat(rejected).hasSize(ELEMENTS).allSatisfy(row -> {
                assertThat(row.get("keySize").asInt()).isEqualTo(KEY_BYTES);
                assertThat(row.get("cut").asText()).isEqualTo("key");
                assertThat(row.get("payload").asText()).isEqualTo("0");
            });
            assertThat(weir.run("rejected", "list", "--limit", "1").out())
                    .contains("(kept: the first " + KEPT_BYTES + " of " + KEY_BYTES + " bytes of its key)");

            // All elements have the same bytes, which are published once.
            weir.run("rejected", "redrive", "--all", "--yes", "--json").json();
            ConsumerRecord<byte[], byte[]> last = rig.last(TOPIC);
            assertThat(last.offset()).isEqualTo(2);
            assertThat(last.key()).isEqualTo(key);
            assertThat(last.value()).isEqualTo("0".getBytes(UTF_8));
        }
    }
}
