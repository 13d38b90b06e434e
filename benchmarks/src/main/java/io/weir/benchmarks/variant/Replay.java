package io.weir.benchmarks.variant;

import io.weir.storage.run.QueryLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Weir's application on the tables that {@code fused} has filled, with a checkpoint from before the first record, as
 * after a crash in the first batch: reading begins where the ledger ends.
 */
final class Replay implements Work {

    @Override
    public OptionalLong run(Job job, Meter meter) throws Exception {
        rewind(Path.of(job.fusedDirectory(), "checkpoint", "fused"), Path.of(job.checkpoint("fused")), job);
        return Application.catchingUp(QueryLayout.FUSED).run(job, meter);
    }

    /** Copies what makes a checkpoint, as if its first batch had been empty. */
    private static void rewind(Path done, Path rewound, Job job) throws IOException {
        for (String kept : List.of("metadata", "sources/0/0", "commits/0", "offsets/0")) {
            Files.createDirectories(rewound.resolve(kept).getParent());
            Files.copy(done.resolve(kept), rewound.resolve(kept));
        }
        Path offsets = rewound.resolve("offsets/0");
        String ofTopic = "{\"" + job.topic() + "\":{";
        String begin = IntStream.range(0, job.partitions())
                .mapToObj(partition -> "\"" + partition + "\":0")
                .collect(Collectors.joining(",", ofTopic, "}}"));
        List<String> lines = Files.readAllLines(offsets);
        List<String> changed = lines.stream()
                .map(line -> line.startsWith(ofTopic) ? begin : line)
                .toList();
        if (changed.equals(lines)) {
            throw new IllegalStateException(
                    offsets + " is not what Spark is known to write: no line begins with " + ofTopic);
        }
        Files.write(offsets, changed);
    }
}
