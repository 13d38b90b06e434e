package io.weir.e2e.cluster;

import static org.awaitility.Awaitility.await;

import io.weir.e2e.rig.RunningProcess;
import io.weir.e2e.rig.SparkInstallation;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A standalone Spark cluster of a master and workers, each in its own process; every worker has room for one executor
 * with one core.
 */
final class StandaloneCluster implements AutoCloseable {

    private final SparkInstallation spark;
    private final Path directory;
    private final String master;
    private final List<RunningProcess> processes = new ArrayList<>();

    private StandaloneCluster(SparkInstallation spark, Path directory, int port) {
        this.spark = spark;
        this.directory = directory;
        this.master = "spark://127.0.0.1:" + port;
    }

    static StandaloneCluster start(SparkInstallation spark, Path directory) throws IOException {
        int port = freePort("the master");
        StandaloneCluster cluster = new StandaloneCluster(spark, directory, port);
        cluster.run(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--webui-port",
                String.valueOf(freePort("the master's page")));
        return cluster;
    }

    String master() {
        return master;
    }

    /** Starts a worker; returns when the master has registered it. */
    RunningProcess startWorker(String name) throws IOException {
        RunningProcess worker = run(
                name,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                String.valueOf(freePort("a worker's page")),
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                Files.createDirectories(directory.resolve(name)).toString(),
                master);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> worker.isAlive() && worker.log().contains("Successfully registered with master"));
        return worker;
    }

    private RunningProcess run(String name, String mainClass, String... arguments) throws IOException {
        RunningProcess process = spark.start(name, directory.resolve(name + ".log"), mainClass, arguments);
        processes.add(process);
        return process;
    }

    private static int freePort(String who) {
        return PortChoice.any().take(who, "none", notice -> {});
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).close();
        }
    }
}
