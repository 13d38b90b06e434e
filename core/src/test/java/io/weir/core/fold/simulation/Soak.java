package io.weir.core.fold.simulation;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs one simulated life after the other, from a random seed on: until it is stopped, for a given time, or until the
 * first fault.
 *
 * <p>Usage: {@code Soak [--for 60s|10m|8h]}
 *
 * <p>Ends with a line {@code N passed, N failed} on standard output; everything else goes to standard error. Exit code
 * 0 means that no life has failed, 1 that one has, 2 wrong usage.
 */
public final class Soak {

    private static final Pattern DURATION = Pattern.compile("([1-9]\\d{0,5})([smh])");
    private static final long REPORT_NANOS = Duration.ofSeconds(5).toNanos();

    private final CountDownLatch ended = new CountDownLatch(1);
    private final long begin = System.nanoTime();
    private volatile boolean stopped;
    private volatile int status;
    private long passed;
    private long records;

    private Soak() {}

    public static void main(String[] args) {
        Duration limit = limit(args);
        if (limit == null) {
            System.err.println("weir: unknown arguments: " + String.join(" ", args)
                    + ". Expected: --for and a length of time such as 60s, 10m or 8h, or nothing");
            System.exit(2);
        }
        Soak soak = new Soak();
        Runtime.getRuntime().addShutdownHook(new Thread(soak::stop));
        soak.run(limit.toNanos(), new SecureRandom().nextInt(1_000_000) * 1_000_000_000L);
        System.exit(soak.status);
    }

    private static Duration limit(String[] args) {
        if (args.length == 0) {
            return Duration.ofNanos(Long.MAX_VALUE);
        }
        Matcher matcher = DURATION.matcher(args.length == 2 && args[0].equals("--for") ? args[1] : "");
        return matcher.matches() ? Duration.parse("PT" + matcher.group(1) + matcher.group(2)) : null;
    }

    private void run(long limitNanos, long firstSeed) {
        System.err.println("Simulated lives of the fold, from seed " + firstSeed + " on");
        long seed = firstSeed;
        long reported = begin;
        do {
            simulate(seed++);
            if (System.nanoTime() - reported > REPORT_NANOS) {
                report();
                reported = System.nanoTime();
            }
        } while (!stopped && status == 0 && System.nanoTime() - begin < limitNanos);
        report();
        System.out.println(passed + " passed, " + status + " failed");
        ended.countDown();
    }

    private void simulate(long seed) {
        try {
            records += FoldSimulation.simulate(seed).of(Event.RECORD);
            passed++;
        } catch (Error e) {
            status = 1;
            e.printStackTrace();
        }
    }

    private void report() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.err.printf(
                "%,8.0f s: %,d lives, %,d records, %,.1f lives/s%n", seconds, passed, records, passed / seconds);
    }

    /**
     * Prints the result before the JVM ends by a signal, and exits with the status of the simulation instead of the
     * signal's.
     */
    private void stop() {
        stopped = true;
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }
}
