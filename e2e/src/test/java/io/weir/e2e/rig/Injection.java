package io.weir.e2e.rig;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A fault of the real parts: what it does to a rig while a fleet sends, and how often.
 *
 * @param readings the fewest readings that the fleet sends; it continues until the fault is over
 * @param rate readings per second
 * @param settings of the pipelines, by their names in Spark's configuration
 */
public record Injection(String name, int readings, int rate, Map<String, String> settings, Hurt hurt) {

    /** Causes the fault, and restores what it has taken away. */
    public interface Hurt {

        void to(FaultRig rig, Random random) throws IOException, InterruptedException;
    }

    /** The pipeline that every rig starts with. */
    public static final String MAIN = "pipeline";

    /** Ingest must resume within this time after a server is back. */
    private static final Duration RESUMES_WITHIN = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Map<String, String> CAPPED = Map.of("spark.weir.spark.max-records-per-trigger", "1500");

    /** Runs in every build. */
    public static final Injection SHORT =
            new Injection("pipeline killed once", 15_000, 2_500, repeated(1, Injection::killPipeline));

    public static final List<Injection> ALL = List.of(
            new Injection("pipeline killed 20 times", 1_000_000, 2_500, repeated(20, Injection::killPipeline)),
            new Injection(
                    "last commit of the checkpoint deleted 3 times",
                    200_000,
                    2_500,
                    repeated(3, Injection::loseCommit)),
            new Injection("checkpoint lost 3 times", 200_000, 2_500, repeated(3, Injection::loseCheckpoint)),
            new Injection(
                    "Cassandra killed 5 times, for up to 60 s", 200_000, 600, repeated(5, Injection::killCassandra)),
            new Injection(
                    "Cassandra killed 5 times, at twice the rate",
                    200_000,
                    1_200,
                    repeated(5, Injection::killCassandra)),
            new Injection(
                    "Cassandra frozen 5 times, for 20 s", 200_000, 1_000, repeated(5, Injection::freezeCassandra)),
            new Injection("Kafka killed 5 times", 200_000, 1_200, repeated(5, Injection::killKafka)),
            new Injection("two pipelines at once", 200_000, 2_000, Injection::startSecond),
            new Injection(
                    "pipeline frozen for 60 s while another took over", 200_000, 1_500, Injection::freezePipeline),
            new Injection("machine's clock 10 minutes back", 200_000, 2_500, Injection::turnClockBack),
            new Injection("Cassandra emptied, checkpoint kept", 200_000, 2_500, Injection::emptyCassandra),
            new Injection("Cassandra restored from before", 200_000, 1_500, Injection::restoreCassandra),
            new Injection(
                    "Cassandra restored from before 3 times under a running pipeline",
                    200_000,
                    1_500,
                    repeated(3, Injection::restoreUnderPipeline)),
            new Injection("Cassandra emptied under a running pipeline", 200_000, 2_500, Injection::emptyUnderPipeline),
            new Injection("checkpoint's disk full 3 times", 200_000, 1_500, Injection::fillCheckpoint),
            new Injection("Cassandra's disk full", 200_000, 1_000, Injection::fillCassandra),
            new Injection("3 times the capped rate for 2 minutes", 200_000, 4_500, CAPPED, Injection::overload));

    private Injection(String name, int readings, int rate, Hurt hurt) {
        this(name, readings, rate, Map.of(), hurt);
    }

    private static Hurt repeated(int times, Hurt once) {
        return (rig, random) -> {
            for (int i = 0; i < times; i++) {
                once.to(rig, random);
            }
        };
    }

    private static void killPipeline(FaultRig rig, Random random) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(8_000));
        rig.pipeline(MAIN).kill();
        rig.startPipeline(MAIN);
    }

    private static void loseCommit(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        List<Path> queries;
        try (Stream<Path> found = Files.list(rig.checkpointOf(MAIN))) {
            queries =
                    found.filter(query -> !query.toString().contains(".aside-")).toList();
        }
        await().atMost(RESUMES_WITHIN)
                .until(() -> queries.stream().allMatch(query -> commits(query).size() > 1));
        rig.pipeline(MAIN).kill();
        for (Path query : queries) {
            List<Path> commits = commits(query);
            Path last = commits.get(commits.size() - 1);
            Files.delete(last);
            Files.deleteIfExists(last.resolveSibling("." + last.getFileName() + ".crc"));
        }
        rig.startPipeline(MAIN);
    }

    /** Returns the commit files of a query, in order. */
    private static List<Path> commits(Path query) {
        try (Stream<Path> files = Files.list(query.resolve("commits"))) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparingLong(
                            file -> Long.parseLong(file.getFileName().toString())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void loseCheckpoint(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.pipeline(MAIN).kill();
        FaultRig.delete(rig.checkpointOf(MAIN));
        rig.startPipeline(MAIN);
    }

    private static void killCassandra(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.cassandra().process().kill();
        TimeUnit.SECONDS.sleep(5 + random.nextInt(55));
        rig.startCassandra();
        awaitProgress(rig, RESUMES_WITHIN);
    }

    private static void freezeCassandra(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        Signal.send("STOP", rig.cassandra().process().pid());
        TimeUnit.SECONDS.sleep(20);
        Signal.send("CONT", rig.cassandra().process().pid());
        awaitProgress(rig, RESUMES_WITHIN);
    }

    private static void killKafka(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.kafka().process().kill();
        TimeUnit.SECONDS.sleep(1 + random.nextInt(5));
        rig.startKafka();
        awaitProgress(rig, RESUMES_WITHIN);
    }

    private static void startSecond(FaultRig rig, Random random) throws IOException, InterruptedException {
        rig.startPipeline("second");
        rig.assertReplaced(MAIN);
        awaitProgress(rig);
        awaitProgress(rig);
    }

    private static void freezePipeline(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.pipeline(MAIN).freeze();
        rig.startPipeline("second");
        TimeUnit.SECONDS.sleep(60);
        awaitProgress(rig);
        rig.pipeline(MAIN).thaw();
        rig.assertReplaced(MAIN);
        awaitProgress(rig);
    }

    private static void turnClockBack(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.pipeline(MAIN).kill();
        rig.startPipeline(MAIN, FakeTime.behind(Duration.ofMinutes(10)));
        awaitProgress(rig);
    }

    private static void emptyCassandra(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.pipeline(MAIN).kill();
        rig.emptyCassandra();
        rig.startPipeline(MAIN);
    }

    private static void restoreCassandra(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.copyCassandra("backup");
        awaitProgress(rig);
        awaitProgress(rig);
        rig.pipeline(MAIN).kill();
        rig.replaceCassandra("backup");
        rig.startPipeline(MAIN);
    }

    private static void restoreUnderPipeline(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.copyCassandra("backup-live");
        awaitProgress(rig);
        TimeUnit.SECONDS.sleep(random.nextInt(10));
        rig.replaceCassandra("backup-live");
        awaitProgress(rig, RESUMES_WITHIN);
    }

    /** The pipeline ends by itself, because only a start creates tables. */
    private static void emptyUnderPipeline(FaultRig rig, Random random) throws IOException {
        awaitProgress(rig);
        rig.emptyCassandra();
        rig.assertEnded(MAIN, "the tables are gone");
        rig.startPipeline(MAIN);
        awaitProgress(rig);
    }

    private static void fillCheckpoint(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.pipeline(MAIN).kill();
        SmallVolume volume = rig.mount(rig.checkpointOf(MAIN), 4);
        rig.startPipeline(MAIN);
        for (int i = 0; i < 3; i++) {
            awaitProgress(rig);
            volume.fill();
            TimeUnit.SECONDS.sleep(10 + random.nextInt(20));
            volume.free();
        }
        awaitProgress(rig);
    }

    private static void fillCassandra(FaultRig rig, Random random) throws IOException, InterruptedException {
        awaitProgress(rig);
        rig.cassandra().close();
        Path before = rig.cassandraDirectory().resolveSibling("before");
        Files.move(rig.cassandraDirectory(), before);
        SmallVolume volume = rig.mount(rig.cassandraDirectory(), 2_000);
        FaultRig.copy(before.resolve("."), rig.cassandraDirectory());
        rig.startCassandra();
        awaitProgress(rig);
        volume.fill();
        await().atMost(Duration.ofMinutes(5)) // its disk failure policy ends it
                .until(() -> rig.cassandra().process().onExit().isDone());
        TimeUnit.SECONDS.sleep(20);
        volume.free();
        rig.startCassandra();
        awaitProgress(rig);
    }

    private static void overload(FaultRig rig, Random random) throws InterruptedException {
        TimeUnit.MINUTES.sleep(2);
    }

    /** Waits until the ledger accounts for more readings. */
    private static void awaitProgress(FaultRig rig) {
        awaitProgress(rig, PATIENCE);
    }

    private static void awaitProgress(FaultRig rig, Duration limit) {
        rig.commandLine().awaitMore(limit);
    }

    @Override
    public String toString() {
        return name;
    }
}
