package io.weir.metricproducer.simulation;

import io.weir.core.reading.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a pipeline's ledger must say about the readings of a simulation, if it has seen no others of these devices.
 *
 * @param sent all readings, the bad ones included
 * @param rejected by reason; reasons without any are absent
 */
public record Truth(long sent, long stored, long duplicate, Map<RejectReason, Long> rejected) {

    public Truth {
        rejected = Map.copyOf(rejected);
    }

    /** Returns the truth as JSON, {@code {"sent":…,"stored":…,"duplicate":…,"rejected":{"conflict":…}}}. */
    public String toJson() {
        String reasons = rejected.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> "\"" + entry.getKey().code() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return "{\"sent\":" + sent + ",\"stored\":" + stored + ",\"duplicate\":" + duplicate + ",\"rejected\":{"
                + reasons + "}}";
    }

    /** Writes the truth to a file, in place of what it holds. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, toJson() + "\n");
    }
}
