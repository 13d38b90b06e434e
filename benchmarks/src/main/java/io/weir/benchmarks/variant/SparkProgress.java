package io.weir.benchmarks.variant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How far Spark's streaming queries are, by their checkpoints: the offsets at the end of the last committed batch. */
public final class SparkProgress {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final List<Path> checkpoints;

    private SparkProgress(String topic, List<Path> checkpoints) {
        this.topic = topic;
        this.checkpoints = checkpoints;
    }

    /** The two queries of the variant {@code spark-state}. */
    public static SparkProgress ofStateStore(Job job) {
        return new SparkProgress(
                job.topic(),
                Stream.of(StateStore.RAW_QUERY, StateStore.ROLLUP_QUERY)
                        .map(query -> Path.of(job.checkpoint(query)))
                        .toList());
    }

    /** Whether all queries have started, and so their tables exist. */
    public boolean isStarted() {
        return checkpoints.stream().allMatch(checkpoint -> Files.exists(checkpoint.resolve("metadata")));
    }

    /** Returns how many records of the topic have gone through all queries, as long as its offsets begin at 0. */
    public long committed() throws IOException {
        long least = Long.MAX_VALUE;
        for (Path checkpoint : checkpoints) {
            least = Math.min(least, committed(checkpoint));
        }
        return least;
    }

    private long committed(Path checkpoint) throws IOException {
        OptionalLong batch = lastIn(checkpoint.resolve("commits"));
        if (batch.isEmpty()) {
            return 0;
        }
        Path offsets = checkpoint.resolve("offsets").resolve(Long.toString(batch.getAsLong()));
        for (String line : Files.readAllLines(offsets)) {
            if (line.startsWith("{\"" + topic + "\":")) {
                long sum = 0;
                for (JsonNode offset : JSON.readTree(line).path(topic)) {
                    sum += offset.longValue();
                }
                return sum;
            }
        }
        throw new IOException(offsets + " is not what Spark is known to write: no line tells of topic " + topic);
    }

    private static OptionalLong lastIn(Path commits) throws IOException {
        if (!Files.exists(commits)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(commits)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches("\\d+")) // others are on their way
                    .mapToLong(Long::parseLong)
                    .max();
        }
    }
}
