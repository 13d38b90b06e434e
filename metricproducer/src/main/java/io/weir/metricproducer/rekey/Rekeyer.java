package io.weir.metricproducer.rekey;

import static java.util.stream.Collectors.toMap;

import io.weir.metricproducer.ProgressListener;
import io.weir.metricproducer.PublishException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Copies a topic into one that is keyed by device, each element exactly once: one transaction commits copies and the
 * offsets of their originals, so that a copy that was killed resumes where its last transaction ended. A second copy of
 * the same topics fences the first.
 *
 * <p>Copies of one partition's records keep their order. Records of different partitions are interleaved as they arrive.
 *
 * <p>Memory is bounded by the buffers of the clients and 32 of the largest records. For one thread, but for {@link #stop}.
 *
 * <pre>{@code
 * try (Rekeyer rekeyer = Rekeyer.connect(settings)) {
 *     boolean complete = rekeyer.run(progress);
 *     RekeySummary summary = rekeyer.summary();
 * }
 * }</pre>
 */
public final class Rekeyer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    /** How often a copy that has nothing to write checks the topics and commits its offsets, so that they do not expire. */
    private static final Duration IDLE_COMMIT = Duration.ofSeconds(30);

    private final RekeySettings settings;
    private final RekeyFaults faults;
    private final RekeyTopics topics;
    private final Consumer<byte[], byte[]> consumer;
    private final RekeyTransactions transactions;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** The topics that the offsets are valid for. */
    private RekeyTopics.Incarnations incarnations;

    private boolean resumed;

    private Rekeyer(RekeySettings settings, RekeyTopics topics) {
        this.settings = settings;
        this.faults = new RekeyFaults(settings);
        this.topics = topics;
        this.incarnations = topics.describe();
        this.consumer = RekeyClients.consumer(settings);
        this.transactions = new RekeyTransactions(settings, faults);
    }

    /**
     * Connects, creates the target if it does not exist, fences another copy of the same topics, and resumes an earlier
     * one.
     *
     * @throws PublishException if a topic cannot be used, or the target holds records of something else
     */
    public static Rekeyer connect(RekeySettings settings) {
        Rekeyer rekeyer = new Rekeyer(settings, RekeyTopics.open(settings));
        try {
            rekeyer.begin();
            return rekeyer;
        } catch (KafkaException e) {
            rekeyer.close();
            throw rekeyer.faults.explain(e);
        } catch (RuntimeException e) {
            rekeyer.close();
            throw e;
        }
    }

    /** Returns whether an earlier run has copied a part. */
    public boolean isResumed() {
        return resumed;
    }

    /** Returns how many partitions the target has. */
    public int targetPartitions() {
        return incarnations.targetPartitions();
    }

    /**
     * Returns how many offsets lie before the end that the source has now: about as many records are to be copied.
     *
     * @throws PublishException if Kafka does not say so in time
     */
    public long remaining() {
        try {
            return ends().entrySet().stream()
                    .mapToLong(end -> end.getValue() - consumer.position(end.getKey()))
                    .sum();
        } catch (KafkaException e) {
            throw faults.explain(e);
        }
    }

    /**
     * Copies until the end that the source has now, or until {@link #stop}.
     *
     * @return whether it has reached that end; a run that follows has none
     * @throws PublishException if it cannot go on; the next run resumes where the last transaction ended
     */
    public boolean run(ProgressListener progress) {
        try {
            return copy(settings.follow() ? Map.of() : ends(), progress);
        } catch (KafkaException e) {
            throw faults.explain(e);
        }
    }

    /** Returns what this run has copied. */
    public RekeySummary summary() {
        return transactions.committed();
    }

    /** Ends the run after the records that are being copied; callable from any thread. */
    public void stop() {
        stopped.set(true);
    }

    /** Lets the broker date records that come to the target from now on. No copy into it can run afterwards. */
    public void finish() {
        topics.dateByArrival();
    }

    /** Aborts the transaction that is open, if there is one. */
    @Override
    public void close() {
        transactions.close();
        consumer.close(Duration.ZERO);
        topics.close();
    }

    private void begin() {
        transactions.begin();
        consumer.assign(partitions());
        Map<TopicPartition, Long> offsets = committedOffsets();
        resumed = !offsets.isEmpty();
        if (!resumed && !topics.isTargetEmpty()) {
            throw new PublishException("topic \"" + settings.to() + "\" holds records, but Kafka has no offsets of a"
                    + " copy of \"" + settings.from() + "\" into it: its records are of something else, one of the"
                    + " topics was created again, \"" + settings.to() + "\" got more partitions, or the offsets have"
                    + " expired. Delete \"" + settings.to() + "\" or name another topic, to copy from the beginning");
        }
        seek(offsets);
        commit(); // A target that holds anything has offsets from here on, though the first transaction be aborted.
    }

    private boolean copy(Map<TopicPartition, Long> ends, ProgressListener progress) {
        boolean complete = isAt(ends);
        while (!complete && !stopped.get()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                transactions.write(record);
            }
            complete = isAt(ends);
            if (transactions.isDue(records.isEmpty())
                    || transactions.sinceLast().compareTo(IDLE_COMMIT) > 0) {
                checkTopics();
                commit();
                progress.progressed(summary().read(), 0);
            }
        }
        checkTopics();
        commit();
        progress.progressed(summary().read(), 0);
        return complete;
    }

    /** Commits the offsets of all partitions each time, since those of an idle partition would expire. */
    private void commit() {
        transactions.commit(consumer.assignment().stream()
                .collect(toMap(
                        Function.identity(),
                        partition -> new OffsetAndMetadata(consumer.position(partition), incarnations.mark()))));
    }

    /** Must come before a commit: nothing may be kept that was read from, or written to, a topic created again. */
    private void checkTopics() {
        RekeyTopics.Incarnations now = topics.describe();
        if (!now.mark().equals(incarnations.mark())) {
            throw new PublishException("topic \"" + settings.from() + "\" or \"" + settings.to()
                    + "\" was created again, or the latter got more partitions, during the copy. Delete \""
                    + settings.to() + "\" or name another topic, to copy from the beginning");
        }
        if (now.sourcePartitions() > incarnations.sourcePartitions()) {
            Map<TopicPartition, Long> offsets =
                    consumer.assignment().stream().collect(toMap(Function.identity(), consumer::position));
            incarnations = now;
            consumer.assign(partitions());
            seek(offsets);
        }
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, incarnations.sourcePartitions())
                .mapToObj(partition -> new TopicPartition(settings.from(), partition))
                .toList();
    }

    private Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.assignment(), settings.timeout());
    }

    /** Whether the end is reached; where there is none, it never is. */
    private boolean isAt(Map<TopicPartition, Long> ends) {
        return !settings.follow()
                && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Returns the offsets that an earlier run has committed, if it copied these incarnations of the topics. */
    private Map<TopicPartition, Long> committedOffsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(Set.copyOf(partitions()), settings.timeout()).forEach((partition, offset) -> {
            if (offset != null && offset.metadata().equals(incarnations.mark())) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** Goes to these offsets; in a partition without one, to the beginning. */
    private void seek(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(consumer.assignment(), settings.timeout());
        beginnings.forEach((partition, beginning) ->
                consumer.seek(partition, Objects.requireNonNull(offsets.getOrDefault(partition, beginning))));
    }
}
