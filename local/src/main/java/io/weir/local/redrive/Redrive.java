package io.weir.local.redrive;

import io.weir.core.fold.port.RejectedReading;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReader;
import io.weir.storage.rejected.RedriveMarks;
import io.weir.storage.rejected.StoredRejection;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Publishes rejected readings again with their original keys and partitions, because only the original partition
 * recognises a copy as a duplicate. Marks a row after the brokers have acknowledged its payload: if the process dies in
 * between, the reading is published twice and applied once. Not thread-safe.
 */
public final class Redrive implements AutoCloseable {

    private static final int CHUNK = 500;

    /**
     * A payload that was sent. An object of several values is the payload of each of its rejected readings, and is sent
     * once.
     */
    private record Sent(int source, long offset, ByteBuffer payload) {

        static Sent of(StoredRejection row) {
            RejectedReading rejected = row.rejected();
            return new Sent(
                    row.source(),
                    rejected.offset(),
                    ByteBuffer.wrap(rejected.rejection().payload()));
        }
    }

    /** Receives the outcome of each rejected reading. */
    public interface Listener {

        /** Called when a reading is published and marked. */
        void redriven(StoredRejection row);

        /** Called when a reading is skipped. */
        void leftOut(StoredRejection row, String why);
    }

    private final Map<Integer, Integer> partitions;
    private final EndedSources ended;
    private final Payloads payloads;
    private final RedriveMarks marks;
    private final String bootstrap;
    private final Clock clock;
    private final Map<String, Publisher> publishers = new HashMap<>();

    /**
     * Creates a redrive; the caller closes the payloads.
     *
     * @param raw the stored readings
     */
    public Redrive(
            List<SourceLedger> sources,
            RawReader raw,
            Payloads payloads,
            RedriveMarks marks,
            String bootstrap,
            Clock clock) {
        this.ended = new EndedSources(sources, raw);
        this.partitions = sources.stream().collect(Collectors.toMap(SourceLedger::source, SourceLedger::partition));
        this.payloads = payloads;
        this.marks = marks;
        this.bootstrap = bootstrap;
        this.clock = clock;
    }

    /**
     * Redrives the rows in order.
     *
     * @throws io.weir.metricproducer.PublishException if one could not be published; later ones are not published
     * @throws io.weir.core.fold.port.TablesException if one could not be marked; a few may be published nevertheless
     */
    public void run(Stream<StoredRejection> rows, Listener listener) {
        Iterator<StoredRejection> left = rows.iterator();
        while (left.hasNext()) {
            List<StoredRejection> chunk = new ArrayList<>(CHUNK);
            while (left.hasNext() && chunk.size() < CHUNK) {
                chunk.add(left.next());
            }
            redrive(chunk, listener);
        }
    }

    private void redrive(List<StoredRejection> chunk, Listener listener) {
        List<StoredRejection> published = publish(chunk, listener);
        publishers.values().forEach(Publisher::flush);
        Instant when = clock.instant().truncatedTo(ChronoUnit.MILLIS); // the table's precision
        marks.mark(published, when);
        published.forEach(row -> listener.redriven(row.redrivenAt(when)));
    }

    private List<StoredRejection> publish(List<StoredRejection> chunk, Listener listener) {
        Set<Sent> sent = new HashSet<>();
        List<StoredRejection> published = new ArrayList<>();
        for (StoredRejection row : chunk) {
            publish(row, sent).ifPresentOrElse(why -> listener.leftOut(row, why), () -> published.add(row));
        }
        return published;
    }

    /** Returns the reason why a row cannot be published; empty if it can. */
    private Optional<String> publish(StoredRejection row, Set<Sent> sent) {
        Publisher publisher = publishers.computeIfAbsent(row.topic(), this::connect);
        Integer partition = partitions.get(row.source());
        if (partition == null || partition >= publisher.partitions()) {
            return Optional.of("its partition no longer exists: the topic was recreated with fewer partitions");
        }
        if (!row.isPayloadTruncated() && sent.contains(Sent.of(row))) {
            return Optional.empty();
        }
        Optional<byte[]> payload = payloads.of(row);
        if (payload.isEmpty()) {
            return Optional.of("its payload is truncated, and the log no longer holds its record");
        }
        byte[] key = row.rejected().key();
        if (row.isKeyTruncated()) {
            Optional<byte[]> whole = payloads.keyOf(row);
            if (whole.isEmpty()) {
                return Optional.of("its key is truncated, and the log no longer holds its record");
            }
            key = whole.get();
        }
        Optional<Integer> holder = ended.holderOf(payload.get());
        if (holder.isPresent()) {
            return Optional.of(
                    "source " + holder.get() + ", which is retired, has stored a reading of its payload, and the next"
                            + " source would store it again");
        }
        publisher.sendTo(partition, key, payload.get());
        sent.add(Sent.of(row));
        return Optional.empty();
    }

    private Publisher connect(String topic) {
        return Publisher.connect(PublisherSettings.of(bootstrap, topic));
    }

    @Override
    public void close() {
        publishers.values().forEach(Publisher::close);
    }
}
