package io.weir.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much goes into one request.
 *
 * @param rows of one partition, which may also have {@value #LARGEST} bytes
 * @param partitions of a few rows each, where they share a request
 * @param bytes of such a request, about
 */
record BatchLimits(int rows, int partitions, int bytes) {

    static final String PARTITIONS_SETTING = "unlogged_batch_across_partitions_warn_threshold";
    static final String SIZE_SETTING = "batch_size_warn_threshold";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(B|KiB|MiB)");

    /**
     * Bytes of any request, of one partition as well. Larger requests save nothing more; nodes refuse messages above
     * 16 MiB, and mutations above half a segment of their commit log.
     */
    static final int LARGEST = 1024 * 1024;

    private static final int CASSANDRAS_PARTITIONS = 10;
    private static final int CASSANDRAS_BYTES = 5 * 1024;

    /**
     * Returns limits below what a node warns of, by its own account; never above {@value #LARGEST} bytes. One that
     * gives none is taken to have Cassandra's defaults.
     *
     * @param rows of one partition at most; no node warns of those
     */
    static BatchLimits below(Map<String, String> settings, int rows) {
        int partitions = CASSANDRAS_PARTITIONS;
        String found = settings.getOrDefault(PARTITIONS_SETTING, "");
        if (found.matches("\\d{1,9}")) {
            partitions = Math.max(1, Integer.parseInt(found));
        }
        int bytes = CASSANDRAS_BYTES;
        Matcher size = SIZE.matcher(settings.getOrDefault(SIZE_SETTING, ""));
        if (size.matches()) {
            bytes = (int) Math.min(LARGEST, Long.parseLong(size.group(1)) * unit(size.group(2)));
        }
        return new BatchLimits(rows, partitions, bytes - bytes / 5);
    }

    /** Asks the node that answers; all nodes of a cluster should be configured alike. */
    static BatchLimits ask(CqlSession session, int rows) {
        try {
            return below(NodeSettings.ask(session, null, PARTITIONS_SETTING, SIZE_SETTING), rows);
        } catch (QueryValidationException e) {
            return below(Map.of(), rows); // what speaks CQL without these tables, or does not show them to us
        }
    }

    private static int unit(String name) {
        return switch (name) {
            case "MiB" -> 1024 * 1024;
            case "KiB" -> 1024;
            default -> 1;
        };
    }
}
