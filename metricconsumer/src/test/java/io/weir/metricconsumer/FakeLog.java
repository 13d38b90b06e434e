package io.weir.metricconsumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log with the topic id and the record that a test sets. Records the questions. */
final class FakeLog implements LogView {

    record Question(int partition, long from, long to) {}

    final List<Question> questions = new ArrayList<>();
    Optional<String> id = Optional.of("id");
    long recordAt = Long.MAX_VALUE;
    int idsAsked;
    boolean isClosed;

    @Override
    public Optional<String> topicId() {
        idsAsked++;
        return id;
    }

    @Override
    public boolean hasRecords(int partition, long from, long to) {
        questions.add(new Question(partition, from, to));
        return recordAt >= from && recordAt < to;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
