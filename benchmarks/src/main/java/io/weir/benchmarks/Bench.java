package io.weir.benchmarks;

import io.weir.benchmarks.measured.NotMeasuredException;
import io.weir.core.fold.port.TablesException;
import io.weir.local.servers.UnavailableException;
import io.weir.metricproducer.PublishException;
import picocli.CommandLine;

/** The main class of {@code ./weir bench}. */
public final class Bench {

    static final int DONE = 0;
    static final int FAILED = 1;

    private Bench() {}

    public static void main(String[] args) {
        CommandLine bench = new CommandLine(new CompareCommand());
        bench.setCaseInsensitiveEnumValuesAllowed(true);
        bench.setExecutionExceptionHandler((e, command, parsed) -> {
            if (isForTheUser(e)) {
                notice("weir: " + e.getMessage());
            } else {
                e.printStackTrace();
            }
            return FAILED;
        });
        System.exit(bench.execute(args));
    }

    /** Prints progress on standard error; standard output is for the result. */
    static void notice(String text) {
        System.err.println(text);
    }

    private static boolean isForTheUser(Exception e) {
        return e instanceof UnavailableException
                || e instanceof TablesException
                || e instanceof PublishException
                || e instanceof NotMeasuredException;
    }
}
