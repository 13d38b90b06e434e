package io.weir.e2e;

import io.weir.local.LocalWeir;
import io.weir.local.servers.DataDirectory;
import io.weir.local.servers.PortChoice;
import java.nio.file.Path;
import java.util.Optional;

/** A whole Weir in a temporary directory, and the command line beside it. */
final class TestWeir implements AutoCloseable {

    private final Path data;
    private final Optional<Path> configuration;
    private DataDirectory directory;
    private LocalWeir weir;

    private TestWeir(Path data, Optional<Path> configuration) {
        this.data = data;
        this.configuration = configuration;
        start();
    }

    static TestWeir on(Path data) {
        return new TestWeir(data, Optional.empty());
    }

    static TestWeir on(Path data, Path configuration) {
        return new TestWeir(data, Optional.of(configuration));
    }

    void start() {
        directory = DataDirectory.open(data);
        weir = LocalWeir.start(
                Path.of(System.getProperty("weir.home")),
                directory,
                PortChoice.any(),
                PortChoice.any(),
                configuration,
                System.out::println);
    }

    LocalWeir running() {
        return weir;
    }

    /** As a kill -9 of the pipeline; it is started again by itself. */
    void killPipeline() {
        weir.pipeline().kill();
    }

    CommandRun run(String... args) {
        return commandLine().run(args);
    }

    CommandLine commandLine() {
        return new CommandLine(data);
    }

    @Override
    public void close() {
        weir.close();
        directory.close();
    }
}
