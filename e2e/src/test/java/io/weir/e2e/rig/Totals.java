package io.weir.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Counts of readings: received, stored, duplicate, rejected, and each reject reason. */
public final class Totals {

    private Totals() {}

    /** Returns the counts of {@code weir status --json}, summed over all sources. */
    public static Map<String, Long> ofStatus(JsonNode status) {
        Map<String, Long> totals = new TreeMap<>();
        for (JsonNode source : status.get("sources")) {
            for (String kind : new String[] {"received", "stored", "duplicate", "rejected"}) {
                totals.merge(kind, source.get(kind).asLong(), Long::sum);
            }
            addReasons(totals, source.get("rejectedByReason"));
        }
        return totals;
    }

    /** Returns the counts in the file that {@code weir simulate --truth} writes. */
    public static Map<String, Long> ofTruth(Path file) throws IOException {
        return ofTruth(Files.readString(file));
    }

    public static Map<String, Long> ofTruth(String json) {
        JsonNode truth = new CommandRun(0, json, "").json();
        Map<String, Long> totals = new TreeMap<>();
        totals.put("received", truth.get("sent").asLong());
        totals.put("stored", truth.get("stored").asLong());
        totals.put("duplicate", truth.get("duplicate").asLong());
        addReasons(totals, truth.get("rejected"));
        totals.put("rejected", totals.get("received") - totals.get("stored") - totals.get("duplicate"));
        return totals;
    }

    public static void add(Map<String, Long> to, Map<String, Long> more) {
        more.forEach((kind, count) -> to.merge(kind, count, Long::sum));
    }

    private static void addReasons(Map<String, Long> totals, JsonNode reasons) {
        reasons.properties()
                .forEach(reason ->
                        totals.merge(reason.getKey(), reason.getValue().asLong(), Long::sum));
    }
}
