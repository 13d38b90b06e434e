package io.weir.local;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.weir.local.servers.ChildProcess;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.EmbeddedPipeline;
import io.weir.local.servers.Heaps;
import io.weir.local.servers.PipelineKey;
import io.weir.local.servers.PortChoice;
import io.weir.local.servers.Servers;
import io.weir.local.servers.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A whole Weir on one machine: Kafka, Cassandra and the pipeline, each in its own JVM, on one data directory. Restarts
 * a pipeline that crashes. Fails if the pipeline does not start or gives up with a message, or if a server dies.
 */
public final class LocalWeir implements AutoCloseable {

    private final Path home;
    private final DataDirectory directory;
    private final Servers servers;
    private final Heaps heaps;
    private final Optional<Path> configuration;
    private final Consumer<String> notices;
    private final RetryPolicy<EmbeddedPipeline> restarts = RetryPolicy.<EmbeddedPipeline>builder()
            .handle(UnavailableException.class)
            .abortIf((started, failure) -> isClosing())
            .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(10))
            .withMaxRetries(5)
            .onRetry(event -> announceRestart())
            .build();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private EmbeddedPipeline pipeline;
    private CompletableFuture<Void> serversWatch = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> pipelineWatch = CompletableFuture.completedFuture(null);
    private boolean closing;

    private LocalWeir(
            Path home,
            DataDirectory directory,
            Servers servers,
            Heaps heaps,
            Optional<Path> configuration,
            Consumer<String> notices) {
        this.home = home;
        this.heaps = heaps;
        this.directory = directory;
        this.servers = servers;
        this.configuration = configuration;
        this.notices = notices;
        this.pipeline = startPipeline();
    }

    /**
     * Starts everything and returns when all parts are ready.
     *
     * @param home the checkout, with the project built
     * @param configuration a HOCON file of settings for the pipeline
     * @param notices receives notices for the user, such as a changed port or a restarted pipeline
     * @throws io.weir.local.servers.UnavailableException if a part does not start; nothing is left running
     */
    public static LocalWeir start(
            Path home,
            DataDirectory directory,
            PortChoice kafkaPort,
            PortChoice cassandraPort,
            Heaps heaps,
            Optional<Path> configuration,
            Consumer<String> notices) {
        EmbeddedPipeline.check(
                home,
                directory.directory("pipeline"),
                directory.log("settings"),
                PipelineKey.setting(directory.path(), configuration),
                configuration);
        notices.accept("Starting Kafka and Cassandra");
        Servers servers = Servers.start(home, directory, kafkaPort, cassandraPort, heaps, notices);
        try {
            notices.accept("Starting the pipeline");
            LocalWeir weir = new LocalWeir(home, directory, servers, heaps, configuration, notices);
            weir.watch();
            directory.publish(servers.addresses(Optional.empty()));
            return weir;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    public Servers servers() {
        return servers;
    }

    /** The current process of the pipeline. */
    public synchronized ChildProcess pipeline() {
        return pipeline.process();
    }

    /** Completes with a message when a part that is not restarted has died. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** Stops the pipeline, then the servers. Unprocessed records stay in the log. */
    @Override
    public void close() {
        EmbeddedPipeline running;
        synchronized (this) {
            closing = true;
            running = pipeline;
        }
        serversWatch.cancel(false);
        pipelineWatch.cancel(false);
        running.close();
        servers.close();
    }

    private EmbeddedPipeline startPipeline() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.weir.kafka.bootstrap-servers", servers.kafka().bootstrap());
        settings.put(
                "spark.weir.cassandra.contact-points",
                servers.addresses(Optional.empty()).contactPoints());
        settings.putAll(servers.cassandra().login().settings());
        settings.putAll(PipelineKey.setting(directory.path(), configuration));
        return EmbeddedPipeline.start(
                home, directory.directory("pipeline"), directory.log("pipeline"), settings, configuration, heaps);
    }

    private void watch() {
        serversWatch = servers.onFirstExit().thenAccept(server -> fail(server.reportEnd(Servers.AGAIN)));
        watchPipeline();
    }

    private synchronized void watchPipeline() {
        EmbeddedPipeline watched = pipeline;
        watched.follow(notices);
        pipelineWatch = watched.process().onExit().thenAcceptAsync(code -> restartAfter(watched, code));
    }

    private void restartAfter(EmbeddedPipeline ended, int code) {
        if (isClosing()) {
            return;
        }
        Optional<String> reason = ended.reasonToGiveUp(code);
        if (reason.isPresent()) {
            fail(reason.get());
            return;
        }
        notices.accept(ended.process().reportEnd("It is restarted"));
        try {
            adopt(Failsafe.with(restarts).get(this::startPipeline));
        } catch (RuntimeException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void adopt(EmbeddedPipeline started) {
        if (closing) {
            started.close();
            return;
        }
        pipeline = started;
        watchPipeline();
    }

    private void announceRestart() {
        notices.accept("Restarting the pipeline");
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized void fail(String message) {
        if (!closing) {
            failure.complete(message);
        }
    }
}
