package io.weir.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.local.servers.EmbeddedPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs servers, a topic and pipelines, and tracks what the tables must hold, for tests of sources whose log changes.
 */
public final class LogRig implements AutoCloseable {

    public final Path data;

    /** The expected totals of all sources. */
    private final Map<String, Long> expected = new TreeMap<>();

    public TestServers servers;
    public TestTopic topic;

    public LogRig(Path data) {
        this.data = data;
        restartServers();
    }

    public void restartServers() {
        servers = TestServers.on(data);
        topic = TestTopic.connect(servers.bootstrap());
    }

    public void stopServers() {
        topic.close();
        servers.close();
    }

    public void send(int readings, long seed) throws Exception {
        Totals.add(
                expected,
                BackgroundFleet.send(servers.bootstrap(), readings, 20_000, seed)
                        .get(1, TimeUnit.MINUTES));
    }

    /** Expects redriven readings to be rejected again for the same reason. */
    public void expectRejectedAgain(String reason, long readings) {
        Totals.add(expected, Map.of("received", readings, "rejected", readings, reason, readings));
    }

    private CommandRun runUntilCaughtUp() throws IOException {
        return CommandRun.of(
                "run",
                "--data",
                data.resolve("run").toString(),
                "--servers",
                data.toString(),
                "--config",
                settings("available-now").toString());
    }

    public void catchUp() throws IOException {
        CommandRun run = runUntilCaughtUp();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertExact();
    }

    public void assertAllIsApplied() {
        servers.commandLine().awaitReceived(expected.get("received"));
        assertExact();
    }

    private void assertExact() {
        assertThat(servers.commandLine().ledger()).isEqualTo(expected);
        servers.commandLine().assertNoDifferences();
    }

    public void assertRefused(String... messageParts) throws IOException {
        Map<Integer, Long> before = throughOffsets();
        CommandRun run = runUntilCaughtUp();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(messageParts);
        assertThat(throughOffsets()).isEqualTo(before);
    }

    public CommandRun source(String... args) {
        List<String> all = new ArrayList<>(List.of("source"));
        all.addAll(List.of(args));
        return servers.commandLine().run(all.toArray(String[]::new));
    }

    public JsonNode sources() {
        return source("list", "--json").json();
    }

    public Map<Integer, Long> throughOffsets() {
        Map<Integer, Long> offsets = new TreeMap<>();
        sources()
                .forEach(source -> offsets.put(
                        source.get("source").asInt(),
                        source.get("throughOffset").asLong()));
        return offsets;
    }

    /** Uses a long trigger interval, so that a topic can be recreated and refilled between two batches. */
    public EmbeddedPipeline startPipeline() throws IOException {
        PipelineRig.createPrivate(data.resolve("run"));
        return EmbeddedPipeline.start(
                Path.of(System.getProperty("weir.home")),
                data.resolve("run/pipeline"),
                data.resolve("logs/running.log"),
                servers.sparkSettings(),
                Optional.of(settings("10 seconds")));
    }

    private Path settings(String trigger) throws IOException {
        return Files.writeString(
                data.resolve("pipeline.conf"),
                "weir.spark.trigger = " + trigger + "\n" + PipelineRig.commandKey(data) + "\n");
    }

    @Override
    public void close() {
        stopServers();
    }
}
