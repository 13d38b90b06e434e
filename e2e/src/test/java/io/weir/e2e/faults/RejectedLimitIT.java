package io.weir.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.TestServers;
import io.weir.e2e.rig.TestWeir;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline stops when too large a share of a source is rejected, once and with the reasons, with any trigger. */
class RejectedLimitIT {

    private static final int FAILED = 1;
    private static final String MESSAGE = "1200 of 3000 readings of readings partition ";
    private static final String REASONS = " since this start were rejected, 40.0 %, more than"
            + " weir.pipeline.max-rejected-share = 0.2 allows: missing-field 800, malformed 400. ";

    private static final Pattern COUNTS =
            Pattern.compile("^weir: The pipeline has stopped: (?<rejected>\\d+) of (?<received>\\d+) readings"
                    + " of (?<topic>\\S+) partition \\d+ since this start were rejected, [0-9.]+ %, more than"
                    + " weir.pipeline.max-rejected-share = 0.2 allows: missing-field (?<missing>\\d+), malformed"
                    + " (?<malformed>\\d+)\\. ");

    @TempDir
    private static Path directory;

    private static TestServers servers;

    @BeforeAll
    static void start() {
        servers = TestServers.on(directory.resolve("servers"));
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void thePipelineStopsWithTheReasons() throws Exception {
        create("limit");
        publish(servers.bootstrap(), "limit");

        CommandRun run = run("limit", "1 second");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(FAILED);
        assertThat(run.err().lines().toList())
                .singleElement()
                .asString()
                .startsWith("weir: The pipeline has stopped: 1200 of 3000 readings of limit partition ")
                .contains(REASONS);
        servers.commandLine().assertNoDifferences();
    }

    /** The ledger is flushed within milliseconds, so the share may be exceeded before all readings have arrived. */
    @Test
    void withRealtimeThePipelineStopsOnceTheShareIsExceeded() throws Exception {
        create("limit-realtime");
        publish(servers.bootstrap(), "limit-realtime");

        CommandRun run = run("limit-realtime", "realtime");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(FAILED);
        Matcher counts = COUNTS.matcher(run.err());
        assertThat(counts.find()).as(run.err()).isTrue();
        assertThat(counts.group("topic")).isEqualTo("limit-realtime");
        long received = Long.parseLong(counts.group("received"));
        long rejected = Long.parseLong(counts.group("rejected"));
        assertThat(received).isBetween(1000L, 3000L);
        assertThat(rejected).isGreaterThan(received / 5);
        assertThat(Long.parseLong(counts.group("missing")) + Long.parseLong(counts.group("malformed")))
                .isEqualTo(rejected);
        servers.commandLine().assertNoDifferences();
    }

    @Test
    @Tag("faults")
    void earlierRejectionsDoNotStopTheNextStart() throws Exception {
        create("twice");
        publish(servers.bootstrap(), "twice");
        assertThat(run("twice", "available-now").exitCode()).isEqualTo(FAILED);
        assertThat(run("twice", "available-now").exitCode()).isZero();
    }

    @Test
    @Tag("faults")
    void weirUpStopsWithoutRestartingThePipeline() throws Exception {
        Path settings = settings("readings", "1 second");
        try (TestWeir weir = TestWeir.on(directory.resolve("whole"), settings)) {
            publish(weir.bootstrap(), "readings");
            String message = weir.running().failure().get(2, TimeUnit.MINUTES);
            assertThat(message)
                    .startsWith("The pipeline has stopped: " + MESSAGE)
                    .contains(REASONS);
            assertThat(weir.running().pipeline().isAlive()).isFalse();
            assertThat(weir.running().pipeline().onExit())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(FAILED);
            assertThat(weir.commandLine().ledger())
                    .isEqualTo(Map.of(
                            "received", 3000L,
                            "stored", 1800L,
                            "duplicate", 0L,
                            "rejected", 1200L,
                            "missing-field", 800L,
                            "malformed", 400L));
            weir.commandLine().assertNoDifferences();
        }
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static CommandRun run(String topic, String trigger) throws IOException {
        return CommandRun.of(
                "run",
                "--data",
                directory.resolve(topic).toString(),
                "--servers",
                directory.resolve("servers").toString(),
                "--config",
                settings(topic, trigger).toString());
    }

    private static Path settings(String topic, String trigger) throws IOException {
        return Files.writeString(
                directory.resolve(topic + ".conf"),
                """
                weir.kafka { topic = "%s", partitions = 1 }
                weir.pipeline.max-rejected-share = 0.2
                weir.spark.trigger = %s
                """
                        .formatted(topic, trigger));
    }

    /** Sends records; three in five are good readings. */
    private static void publish(String bootstrap, String topic) {
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(bootstrap, topic))) {
            for (int i = 0; i < 3000; i++) {
                publisher.send(topic.getBytes(UTF_8), record(topic, i).getBytes(UTF_8));
            }
            publisher.flush();
        }
    }

    private static String record(String topic, int i) {
        String begin = "{\"device\":\"" + topic + "\",\"time\":" + (1_700_000_000_000L + i) + ",\"value\":1";
        return switch (i % 15) {
            case 0, 4 -> begin + ",\"metric\":\"m\"}}";
            case 1, 5, 9, 13 -> begin + "}";
            default -> begin + ",\"metric\":\"m\"}";
        };
    }
}
