package io.weir.benchmarks.api;

import io.weir.benchmarks.measured.NotMeasuredException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The result of one {@code wrk} run without failures, from the line that paths.lua adds to its output.
 *
 * @param requests the number of completed requests
 * @param p50 the median latency in microseconds, like the other latencies
 */
public record WrkResult(long requests, Duration length, long p50, long p99, long max) {

    private static final double SECOND = 1e9;
    private static final String BEGINNING = "paths.lua ";
    private static final Pattern LINE = Pattern.compile("paths\\.lua requests=(?<requests>\\d+) micros=(?<micros>\\d+)"
            + " connect=(?<connect>\\d+) read=(?<read>\\d+) write=(?<write>\\d+) timeout=(?<timeout>\\d+)"
            + " status=(?<status>\\d+) p50=(?<p50>\\d+) p99=(?<p99>\\d+) max=(?<max>\\d+)");
    private static final List<String> FAILURES = List.of("connect", "read", "write", "timeout", "status");

    /**
     * Parses the output of {@code wrk}.
     *
     * @throws NotMeasuredException if the line is missing or malformed, or reports failures
     */
    static WrkResult parse(String output) {
        List<String> lines =
                output.lines().filter(line -> line.startsWith(BEGINNING)).toList();
        Matcher line = LINE.matcher(lines.size() == 1 ? lines.get(0) : "");
        if (!line.matches()) {
            throw new NotMeasuredException("found in what wrk has printed " + lines + "; expected one line, " + LINE
                    + ". All of it:\n" + output);
        }
        if (FAILURES.stream().anyMatch(failure -> number(line, failure) > 0)) {
            throw new NotMeasuredException("some requests failed (connect, read, write and timeout count connection"
                    + " errors, status counts responses from 400 on): " + lines.get(0));
        }
        if (number(line, "requests") < 1 || number(line, "micros") < 1) {
            throw new NotMeasuredException("no request was answered: " + lines.get(0));
        }
        return new WrkResult(
                number(line, "requests"),
                Duration.ofNanos(number(line, "micros") * 1000),
                number(line, "p50"),
                number(line, "p99"),
                number(line, "max"));
    }

    private static long number(Matcher line, String group) {
        return Long.parseLong(line.group(group));
    }

    public double requestsPerSecond() {
        return requests * SECOND / length.toNanos();
    }
}
