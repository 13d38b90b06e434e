package io.weir.metricconsumer.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log with the topic id and the record that a test sets. Records the questions. */
public final class FakeLog implements LogView {

    public record Question(int partition, long from, long to) {}

    public final List<Question> questions = new ArrayList<>();
    public Optional<String> id = Optional.of("id");
    public long recordAt = Long.MAX_VALUE;
    public Map<Integer, Long> ends = Map.of();
    int idsAsked;
    boolean isClosed;
    Runnable whenAsked = () -> {};

    @Override
    public Optional<String> topicId() {
        idsAsked++;
        whenAsked.run();
        return id;
    }

    @Override
    public boolean hasRecords(int partition, long from, long to) {
        questions.add(new Question(partition, from, to));
        return recordAt >= from && recordAt < to;
    }

    @Override
    public Map<Integer, Long> ends() {
        return ends;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
