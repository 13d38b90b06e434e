package io.weir.storage.session;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of one write request.
 *
 * @param rows the maximum number of rows of one partition, whose request may also have {@value #MAX_REQUEST_BYTES}
 *     bytes
 * @param partitions the maximum number of partitions that share a request
 * @param bytes the approximate maximum size of a shared request in bytes
 */
public record BatchLimits(int rows, int partitions, int bytes) {

    static final String PARTITIONS_SETTING = "unlogged_batch_across_partitions_warn_threshold";
    static final String SIZE_SETTING = "batch_size_warn_threshold";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(B|KiB|MiB)");

    /**
     * The maximum bytes of any request. Larger requests are not faster; nodes refuse messages above 16 MiB, and
     * mutations above half a commit log segment.
     */
    static final int MAX_REQUEST_BYTES = 1024 * 1024;

    private static final int DEFAULT_PARTITIONS = 10;
    private static final int DEFAULT_BYTES = 5 * 1024;

    /**
     * Returns limits below the thresholds at which a node logs warnings, and never above {@value #MAX_REQUEST_BYTES}
     * bytes. Uses Cassandra's defaults for thresholds that the node does not report.
     *
     * @param settings the node's settings by name
     * @param rows the maximum number of rows of one partition, for which nodes have no warning
     */
    static BatchLimits below(Map<String, String> settings, int rows) {
        int partitions = DEFAULT_PARTITIONS;
        String found = settings.getOrDefault(PARTITIONS_SETTING, "");
        if (found.matches("\\d{1,9}")) {
            partitions = Math.max(1, Integer.parseInt(found));
        }
        int bytes = DEFAULT_BYTES;
        Matcher size = SIZE.matcher(settings.getOrDefault(SIZE_SETTING, ""));
        if (size.matches()) {
            bytes = (int) Math.min(MAX_REQUEST_BYTES, Long.parseLong(size.group(1)) * unit(size.group(2)));
        }
        return new BatchLimits(rows, partitions, bytes - bytes / 5);
    }

    /** Reads the thresholds of any node; all nodes of a cluster should have the same. */
    static BatchLimits read(CqlSession session, int rows) {
        try {
            return below(NodeSettings.read(session, null, PARTITIONS_SETTING, SIZE_SETTING), rows);
        } catch (QueryValidationException e) {
            return below(Map.of(), rows); // a server without these tables, or without permission to read them
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
