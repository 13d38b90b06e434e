package io.weir.metricproducer.simulation;

import io.weir.core.reading.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The counts that a pipeline's ledger must show for the readings of a simulation, if it has received no other readings
 * of these devices.
 *
 * @param sent all readings, including bad ones
 * @param rejected counts by reason; reasons without readings are absent
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

    /** Writes the truth to a file, replacing its content. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, toJson() + "\n");
    }
}
