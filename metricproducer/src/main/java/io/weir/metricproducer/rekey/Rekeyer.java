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
 * Copies a topic into a topic keyed by device, each element exactly once: one transaction commits copies and the
 * offsets of their originals, so that a killed copy resumes after its last transaction. A second copy of the same
 * topics fences the first.
 *
 * <p>Copies of one partition's records keep their order. Records of different partitions are interleaved as they
 * arrive.
 *
 * <p>Memory is bounded by the buffers of the clients and 32 of the largest records. Not thread-safe, except {@link
 * #stop}.
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

    /** The interval at which an idle copy checks the topics and commits its offsets, so that they do not expire. */
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
     * @throws PublishException if a topic cannot be used, or the target contains other records
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

    /** Returns whether this run resumes an earlier one. */
    public boolean isResumed() {
        return resumed;
    }

    /** Returns the number of partitions of the target. */
    public int targetPartitions() {
        return incarnations.targetPartitions();
    }

    /**
     * Returns the number of offsets up to the source's current end: the approximate number of records to copy.
     *
     * @throws PublishException if Kafka does not answer in time
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
     * Copies up to the source's current end, or until {@link #stop}.
     *
     * @return whether it has reached that end; always false with {@code follow}
     * @throws PublishException if the copy fails; the next run resumes after the last transaction
     */
    public boolean run(ProgressListener progress) {
        try {
            return copy(settings.follow() ? Map.of() : ends(), progress);
        } catch (KafkaException e) {
            throw faults.explain(e);
        }
    }

    /** Returns the counts of this run. */
    public RekeySummary summary() {
        return transactions.committed();
    }

    /** Stops the run after the current records. May be called from any thread. */
    public void stop() {
        stopped.set(true);
    }

    /** Sets the target's timestamp type to LogAppendTime. Afterwards no copy into it can run. */
    public void finish() {
        topics.dateByArrival();
    }

    /** Aborts the open transaction, if there is one. */
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
                    + " copy of \"" + settings.from() + "\" into it: it has records of another origin, one of the"
                    + " topics was recreated, partitions were added to \"" + settings.to()
                    + "\", or the offsets have expired."
                    + " Delete \"" + settings.to() + "\" or choose another topic, to copy from the beginning");
        }
        seek(offsets);
        commit(); // From here on, a target with any records has offsets, even if the first transaction is aborted.
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

    /** Commits the offsets of all partitions each time, because those of an idle partition would expire. */
    private void commit() {
        transactions.commit(consumer.assignment().stream()
                .collect(toMap(
                        Function.identity(),
                        partition -> new OffsetAndMetadata(consumer.position(partition), incarnations.mark()))));
    }

    /**
     * Must be called before a commit: records that were read from or written to a recreated topic must not be
     * committed.
     */
    private void checkTopics() {
        RekeyTopics.Incarnations now = topics.describe();
        if (!now.mark().equals(incarnations.mark())) {
            throw new PublishException("topic \"" + settings.from() + "\" or \"" + settings.to()
                    + "\" was recreated, or partitions were added to the latter, during the copy. Delete \""
                    + settings.to() + "\" or choose another topic, to copy from the beginning");
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

    /** Returns whether the end is reached; without an end, always false. */
    private boolean isAt(Map<TopicPartition, Long> ends) {
        return !settings.follow()
                && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Returns the committed offsets of an earlier run, if it copied topics with the same ids. */
    private Map<TopicPartition, Long> committedOffsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.committed(Set.copyOf(partitions()), settings.timeout()).forEach((partition, offset) -> {
            if (offset != null && offset.metadata().equals(incarnations.mark())) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** Seeks to these offsets; in a partition without one, to the beginning. */
    private void seek(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(consumer.assignment(), settings.timeout());
        beginnings.forEach((partition, beginning) ->
                consumer.seek(partition, Objects.requireNonNull(offsets.getOrDefault(partition, beginning))));
    }
}
