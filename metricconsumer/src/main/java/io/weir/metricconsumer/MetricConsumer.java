package io.weir.metricconsumer;

import io.weir.core.fold.port.TablesException;
import io.weir.metricconsumer.config.ConfigurationException;
import io.weir.metricconsumer.config.WeirSettings;
import io.weir.metricconsumer.driver.Pipeline;
import io.weir.metricconsumer.executor.TaskSlots;
import io.weir.metricconsumer.failure.KafkaUnavailableException;
import io.weir.metricconsumer.failure.RepeatedFailureException;
import io.weir.metricconsumer.failure.StartRefusedException;
import io.weir.metricconsumer.failure.TooManyRejectedException;
import io.weir.storage.run.QueryLayout;
import io.weir.storage.run.SettingsChangedException;
import io.weir.storage.schema.SchemaException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * The Spark application: reads the log, decides and folds every reading, and writes the tables.
 *
 * <pre>{@code spark-submit --class io.weir.metricconsumer.MetricConsumer weir.jar [--check] [--config FILE]}</pre>
 *
 * <p>With {@code --check} it only reads and checks the settings.
 *
 * <p>Exit codes: 0 stopped or caught up; 1 could not start, failed too often, or stopped because too much was rejected;
 * 2 wrong usage.
 */
public final class MetricConsumer {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** Runs before Spark's own shutdown hooks, so that the queries stop while their context still exists. */
    private static final int BEFORE_SPARK = 100;

    private static final int STOP_SECONDS = 25;

    /** How long a task waits for the executor that holds its source in memory, unless that executor has ended. */
    private static final String LOCALITY_WAIT = "5m";

    private MetricConsumer() {}

    public static void main(String[] args) throws InterruptedException {
        boolean onlyChecks = args.length > 0 && args[0].equals("--check");
        List<String> others = List.of(args).subList(onlyChecks ? 1 : 0, args.length);
        if (!others.isEmpty() && !(others.size() == 2 && others.get(0).equals("--config"))) {
            System.err.println("usage: MetricConsumer [--check] [--config FILE]");
            System.exit(WRONG_USAGE);
        }
        try {
            SparkConf conf = new SparkConf();
            Path file = others.isEmpty() ? null : Path.of(others.get(1));
            WeirSettings settings = WeirSettings.load(file, System.getenv(), asMap(conf));
            if (!onlyChecks) {
                run(conf, settings);
            }
        } catch (ConfigurationException
                | StartRefusedException
                | KafkaUnavailableException
                | RepeatedFailureException
                | SchemaException
                | SettingsChangedException
                | TablesException
                | TooManyRejectedException e) {
            System.err.println("weir: " + e.getMessage());
            for (Throwable later : e.getSuppressed()) {
                System.err.println("weir: while it stopped: " + later);
            }
            System.exit(FAILED);
        }
    }

    private static void run(SparkConf conf, WeirSettings settings) throws InterruptedException {
        SparkSession spark = session(conf, settings);
        try {
            // One line each: the parent process passes them on to its user.
            Pipeline pipeline = new Pipeline(
                    settings, spark, Clock.systemUTC(), notice -> System.err.println("weir notice: " + notice));
            stopAtShutdown(pipeline);
            pipeline.run();
        } finally {
            spark.stop();
        }
    }

    private static SparkSession session(SparkConf conf, WeirSettings settings) {
        if (conf.getBoolean("spark.speculation", false)) {
            throw new StartRefusedException(
                    "spark.speculation is on, so two tasks could read one source at the same time: turn it off");
        }
        if (settings.pipeline().queryLayout() == QueryLayout.EIGHT) {
            conf.set("spark.scheduler.mode", "FAIR"); // queries share the slots
        }
        if (!conf.contains("spark.master")) {
            conf.setMaster(new TaskSlots(settings).localMaster());
        }
        conf.setIfMissing("spark.app.name", "weir");
        conf.setIfMissing("spark.locality.wait", LOCALITY_WAIT);
        conf.set("spark.sql.adaptive.enabled", "false"); // keeps one task per topic partition
        return SparkSession.builder().config(conf).getOrCreate();
    }

    private static void stopAtShutdown(Pipeline pipeline) {
        Runnable stop = () -> {
            try {
                pipeline.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        ShutdownHookManager.get().addShutdownHook(stop, BEFORE_SPARK, STOP_SECONDS, TimeUnit.SECONDS);
    }

    private static Map<String, String> asMap(SparkConf conf) {
        Map<String, String> values = new HashMap<>();
        for (Tuple2<String, String> entry : conf.getAll()) {
            values.put(entry._1(), entry._2());
        }
        return values;
    }
}
