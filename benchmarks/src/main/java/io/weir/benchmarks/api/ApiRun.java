package io.weir.benchmarks.api;

import io.weir.benchmarks.measured.Calm;
import io.weir.benchmarks.measured.MeasuredTables;
import io.weir.local.servers.Addresses;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.storage.session.CassandraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures the query API of a new Weir with a year of readings under concurrent requests. */
public final class ApiRun {

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Path home;
    private final Path directory;
    private final Wrk wrk;
    private final int connections;
    private final Duration length;

    /**
     * @param directory the directory of this run
     * @param connections the number of concurrent connections
     * @param length how long each query is measured, after a warm-up
     */
    public ApiRun(Path home, Path directory, Wrk wrk, int connections, Duration length) {
        this.home = home;
        this.directory = directory;
        this.wrk = wrk;
        this.connections = connections;
        this.length = length;
    }

    /** The result of one query, all of whose requests succeeded. */
    public record Found(Question question, WrkResult load, RowsRead rows) {}

    /**
     * Starts a Weir, sends the readings, measures all queries one by one, and stops it.
     *
     * @param notices receives the progress
     * @throws io.weir.benchmarks.measured.NotMeasuredException if not all readings are stored and rolled up, or not all
     *     requests succeed
     */
    public List<Found> run(Year year, Consumer<String> notices) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        notices.accept("Starting weir up");
        try (WeirUp weir = WeirUp.start(home, directory)) {
            Addresses addresses = weir.addresses();
            notices.accept("Sending " + year.readings() + " readings");
            send(year, addresses.bootstrap());
            notices.accept("Checking that all readings are stored");
            requireExact(year, weir.cassandra());
            notices.accept("Waiting until Cassandra is idle");
            Calm.await(addresses.cassandraPid());
            List<Found> all = new ArrayList<>();
            for (Question question : Question.of(year)) {
                notices.accept("Querying " + question.title());
                all.add(measure(question, addresses.api().orElseThrow()));
            }
            return all;
        }
    }

    private static void send(Year year, String bootstrap) {
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(bootstrap, "readings"))) {
            year.sendTo(publisher);
        }
    }

    private static void requireExact(Year year, CassandraSettings settings) throws InterruptedException {
        try (MeasuredTables tables = MeasuredTables.open(settings)) {
            tables.requireExact(year.readings());
        }
    }

    private Found measure(Question question, String api) throws IOException, InterruptedException {
        RowsRead rows = RowsRead.ask(api, question);
        wrk.run(api, question, connections, WARM_UP, directory);
        return new Found(question, wrk.run(api, question, connections, length, directory), rows);
    }
}
