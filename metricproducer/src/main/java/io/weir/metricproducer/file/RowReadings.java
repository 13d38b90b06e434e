package io.weir.metricproducer.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.Rejection;
import io.weir.metricproducer.file.record.Cell;
import io.weir.metricproducer.file.record.FileRecord;
import io.weir.metricproducer.file.record.ValueRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Converts rows to canonical JSON: one object per row, with its valid values. A cell with an invalid value affects only
 * its own reading.
 */
final class RowReadings {

    private static final JsonFactory JSON = new JsonFactory();

    private static final int MAX_IGNORED_COLUMNS = 1000;

    private final ValueRules rules;
    private final PublishRules publishRules;
    private final Map<String, Long> ignored = new TreeMap<>();
    private long missing;

    RowReadings(ValueRules rules, PublishRules publishRules) {
        this.rules = rules;
        this.publishRules = publishRules;
    }

    /**
     * The result of converting a row.
     *
     * @param json null if no cell of the row has a value
     * @param readings the number of readings in the JSON
     * @param faults the reasons of invalid cells; not for cells without a value
     */
    record Made(byte @Nullable [] json, int readings, List<String> faults) {}

    /** The number of cells without a value so far. */
    long missing() {
        return missing;
    }

    /** The number of cells whose type is not a value, by column. */
    Map<String, Long> ignored() {
        return ignored;
    }

    /** Converts a row at its event time. */
    Made of(FileRecord.Row row, Instant time) {
        Set<String> faults = new LinkedHashSet<>();
        Map<String, Double> values = values(row, faults);
        if (values.isEmpty()) {
            return new Made(null, 0, List.copyOf(faults));
        }
        byte[] json = json(row, time, values);
        List<Decoded> elements = publishRules.check(json);
        int readings = elements.size();
        if (elements.stream().anyMatch(Rejection.class::isInstance)) {
            keepReadings(values, elements, faults);
            readings = values.size();
            json = readings == 0 ? null : json(row, time, values);
        }
        return new Made(json, readings, List.copyOf(faults));
    }

    private Map<String, Double> values(FileRecord.Row row, Set<String> faults) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Cell cell : row.cells()) {
            ValueRules.Value value = rules.of(cell);
            if (value instanceof ValueRules.Value.Measured number) {
                if (values.putIfAbsent(cell.metric(), number.value()) != null) {
                    faults.add("column \"" + cell.column() + "\": another column has a value of metric \""
                            + cell.metric() + "\"");
                }
            } else if (value instanceof ValueRules.Value.Fault fault) {
                faults.add("column \"" + cell.column() + "\": " + fault.reason());
            } else if (value instanceof ValueRules.Value.Missing) {
                missing++;
            } else {
                ignore(cell.column());
            }
        }
        return values;
    }

    private void ignore(String column) {
        String name = ignored.containsKey(column) || ignored.size() < MAX_IGNORED_COLUMNS ? column : "…";
        ignored.merge(name, 1L, Long::sum);
    }

    /** Removes the values that the rules reject. The elements are those of the values in order, or one rejection. */
    private static void keepReadings(Map<String, Double> values, List<Decoded> elements, Set<String> faults) {
        boolean asWhole = elements.size() != values.size();
        List<String> metrics = new ArrayList<>(values.keySet());
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Rejection rejection) {
                faults.add(PublishRules.text(rejection));
                values.remove(metrics.get(i));
            }
        }
        if (asWhole) {
            values.clear();
        }
    }

    private static byte[] json(FileRecord.Row row, Instant time, Map<String, Double> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("device", row.device());
            if (!row.group().isEmpty()) {
                json.writeStringField("group", row.group());
            }
            json.writeStringField(
                    "time", Instant.ofEpochMilli(time.toEpochMilli()).toString());
            if (values.size() == 1) {
                Map.Entry<String, Double> only = values.entrySet().iterator().next();
                json.writeStringField("metric", only.getKey());
                json.writeNumberField("value", only.getValue());
            } else {
                json.writeObjectFieldStart("values");
                for (Map.Entry<String, Double> entry : values.entrySet()) {
                    json.writeNumberField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
