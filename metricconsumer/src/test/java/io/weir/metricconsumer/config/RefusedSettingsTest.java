package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that stop the start: the message names the key, the value found and what was expected. */
class RefusedSettingsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            kafka.bootstrap-servers        | ''                   | not empty
            kafka.topic                    | ' '                  | not empty
            metrics.port                   | 0                    | a port from 1 to 65535, or off
            metrics.port                   | 65536                | a port from 1 to 65535, or off
            metrics.address                | ''                   | not empty
            kafka.partitions               | many                 | a positive whole number
            kafka.partitions               | 0                    | a positive whole number
            kafka.partitions               | 4.5                  | a positive whole number
            kafka.partitions               | 99999999999          | a positive whole number
            kafka.replication-factor       | -1                   | a positive whole number
            kafka.retention                | forever              | a positive duration
            kafka.retention                | 0 hours              | a positive duration
            kafka.retention                | -1 hours             | a positive duration
            kafka.retention                | 750                  | with its unit
            kafka.isolation-level          | committed            | read_committed or read_uncommitted
            cassandra.contact-points       | ''                   | host or host:port
            cassandra.contact-points       | a,,b                 | host or host:port
            cassandra.contact-points       | a:b                  | host or host:port
            cassandra.contact-points       | a:99999              | host or host:port
            cassandra.local-datacenter     | ''                   | a name
            cassandra.local-datacenter     | it's                 | a name
            cassandra.keyspace             | My-Keyspace          | lower case letters
            cassandra.raw-retention        | on                   | off
            cassandra.raw-retention        | 500 ms               | 1 second to 7300 days
            cassandra.rollup-retention     | 10000 days           | 1 second to 7300 days
            cassandra.rejected-retention   | 0 days               | a positive duration
            cassandra.rejected-retention   | 7301 days            | 1 second to 7300 days
            cassandra.password-file        | /no/such/password    | a file with the password
            cassandra.request-timeout      | soon                 | a positive duration
            cassandra.max-requests-in-flight | 0                  | a positive whole number
            cassandra.batch-rows           | 1001                 | from 1 to 1000
            pipeline.zone                  | Europe/Berlyn        | a time zone such as
            pipeline.earliest              | 2000-01-01           | an instant such as
            pipeline.earliest              | -300000000-01-01T00:00:00Z | years 0000 to 9999
            pipeline.earliest              | +10000-01-01T00:00:00Z | years 0000 to 9999
            pipeline.too-old               | 20001 days           | at most 20000 days
            spark.flush-interval           | 1000000 days         | at most 20000 days
            pipeline.future-bound          | 10                   | with its unit
            pipeline.command-key           | /no/such/key         | a file with the command key
            pipeline.too-old               | never                | or off
            pipeline.max-record-size       | 0                    | a size between
            pipeline.max-record-size       | 65 MiB               | a size between
            pipeline.raw-bucket            | week                 | day or hour
            pipeline.layout                | nine                 | fused or eight
            pipeline.max-rejected-share    | 0                    | above 0 and below 1
            pipeline.max-rejected-share    | 1                    | above 0 and below 1
            pipeline.max-rejected-share    | 20 %                 | such as 0.2, or off
            pipeline.max-failures          | 0                    | a positive whole number, or off
            pipeline.max-rejected-share    | NaN                  | above 0 and below 1
            spark.checkpoint               | ''                   | not empty
            spark.trigger                  | sometimes            | available-now, or realtime
            spark.realtime.linger          | 0 ms                 | a positive duration
            spark.realtime.batch-duration  | 4 seconds            | at least 5 seconds
            spark.memory-share             | 40 %                 | such as 0.2
            spark.memory-share             | 1                    | above 0 and below 1
            spark.chunk-records            | 5 thousand           | a positive whole number
            """)
    void aMalformedValue(String key, String value, String expected) {
        Map<String, String> spark = Map.of("spark.weir." + key, value);
        assertThat(refusal(null, Map.of(), spark))
                .contains("weir." + key + " is \"" + value + "\"", "expected", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{ a-part = 1 }", "[1, 2]"})
    void aValueOfAnotherKind(String value) throws IOException {
        assertThat(refusal(write("weir.kafka.topic = " + value), Map.of(), Map.of()))
                .contains("weir.kafka.topic");
    }

    @Test
    void anUnknownKeyInTheFile() throws IOException {
        Path file = write("weir.kafka.topics = a");
        assertThat(refusal(file, Map.of(), Map.of()))
                .contains("unknown setting weir.kafka.topics", file.toString(), "did you mean weir.kafka.topic?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.topic = a", "other.product = 1", "weir.kafka = 5"})
    void aKeyInTheWrongPlaceOfTheFile(String text) throws IOException {
        assertThat(refusal(write(text), Map.of(), Map.of())).contains("unknown setting");
    }

    @Test
    void anUnknownVariableInTheEnvironment() {
        assertThat(refusal(null, Map.of("WEIR_KAFKA_TOPICS", "a"), Map.of()))
                .contains("unknown setting WEIR_KAFKA_TOPICS", "environment", "did you mean WEIR_KAFKA_TOPIC?");
    }

    @Test
    void anUnknownKeyInSparksConfiguration() {
        assertThat(refusal(null, Map.of(), Map.of("spark.weir.kafka.topics", "a")))
                .contains("unknown setting spark.weir.kafka.topics", "Spark", "did you mean weir.kafka.topic?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weir { kafka {", "weir.kafka.topic = ${weir.no.such.key}"})
    void aFileWithASyntaxError(String text) throws IOException {
        Path file = write(text);
        assertThat(refusal(file, Map.of(), Map.of())).contains(file.toString(), "cannot be read");
    }

    @Test
    void aMissingFile() {
        Path file = directory.resolve("absent.conf");
        assertThat(refusal(file, Map.of(), Map.of())).contains(file.toString(), "cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw-retention", "rollup-retention"})
    void aRetentionWithoutTooOld(String retention) {
        Map<String, String> spark = new HashMap<>(Map.of("spark.weir.cassandra." + retention, "100 days"));
        assertThat(refusal(null, Map.of(), spark))
                .contains("weir.cassandra." + retention, "weir.pipeline.too-old is off");
        spark.put("spark.weir.pipeline.too-old", "10 days");
        assertThatNoException().isThrownBy(() -> WeirSettings.load(null, Map.of(), spark));
    }

    @Test
    void aRefusalWithoutASimilarKeyNamesThePageOfAllKeys() {
        assertThat(refusal(null, Map.of(), Map.of("spark.weir.x", "1")))
                .endsWith("unknown setting spark.weir.x in Spark's configuration (docs/reference/configuration.md lists"
                        + " all settings)");
    }

    private static String refusal(Path file, Map<String, String> environment, Map<String, String> spark) {
        return assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> WeirSettings.load(file, environment, spark))
                .actual()
                .getMessage();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("weir.conf"), text);
    }
}
