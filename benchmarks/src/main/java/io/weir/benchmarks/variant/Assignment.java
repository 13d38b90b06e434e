package io.weir.benchmarks.variant;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a variant's JVM is to do. A file in its directory brings it there, and another its {@link Measurement} back.
 *
 * @param tuning settings for the variant {@code tuned}
 * @param warmUp a small log, worked through first and not measured
 */
public record Assignment(
        Variant variant, Map<String, String> tuning, long kafkaPid, long cassandraPid, Job warmUp, Job measured) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public void writeTo(Path directory) {
        write(assignmentIn(directory), this);
    }

    /** Reads what {@link VariantMain} has measured. */
    public static Measurement readMeasurement(Path directory) {
        return read(measurementIn(directory), Measurement.class);
    }

    static Assignment read(Path directory) {
        return read(assignmentIn(directory), Assignment.class);
    }

    static void writeMeasurement(Path directory, Measurement measurement) {
        write(measurementIn(directory), measurement);
    }

    private static Path assignmentIn(Path directory) {
        return directory.resolve("assignment.json");
    }

    private static Path measurementIn(Path directory) {
        return directory.resolve("measurement.json");
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void write(Path file, Object content) {
        try {
            JSON.writeValue(file.toFile(), content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
