package io.weir.local.rebuild;

import io.weir.core.fold.RebuildCommand;
import io.weir.metricproducer.Publisher;
import io.weir.storage.read.LedgerReader;
import io.weir.storage.read.SourceLedger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Commands that were sent, each to every partition, and that not all ledgers have passed yet. For one thread. */
final class CommandsUnderWay {

    private record Sent(RebuildCommand command, List<CompletableFuture<Long>> offsets) {}

    private final Publisher publisher;
    private final LedgerReader ledgers;
    private final String topic;
    private final Deque<Sent> sent = new ArrayDeque<>();

    CommandsUnderWay(Publisher publisher, LedgerReader ledgers, String topic) {
        this.publisher = publisher;
        this.ledgers = ledgers;
        this.topic = topic;
    }

    int count() {
        return sent.size();
    }

    void send(RebuildCommand command) {
        List<CompletableFuture<Long>> offsets = new ArrayList<>();
        for (int partition = 0; partition < publisher.partitions(); partition++) {
            offsets.add(publisher.append(partition, RebuildCommand.key(), command.value()));
        }
        sent.add(new Sent(command, offsets));
    }

    /**
     * Returns the commands, in the order that they were sent, that all ledgers have passed by now.
     *
     * @throws io.weir.metricproducer.PublishException if the log has not taken one
     */
    List<RebuildCommand> takePassed() {
        Map<Integer, Long> through = new HashMap<>();
        for (SourceLedger source : ledgers.readAll()) {
            if (source.isLive() && source.topic().equals(topic)) {
                through.put(source.partition(), source.ledger().throughOffset());
            }
        }
        List<RebuildCommand> passed = new ArrayList<>();
        while (!sent.isEmpty() && isPassed(sent.getFirst().offsets(), through)) {
            passed.add(sent.removeFirst().command());
        }
        return passed;
    }

    private static boolean isPassed(List<CompletableFuture<Long>> offsets, Map<Integer, Long> through) {
        for (int partition = 0; partition < offsets.size(); partition++) {
            Long ledger = through.get(partition);
            if (ledger == null || ledger < offset(offsets.get(partition))) {
                return false;
            }
        }
        return true;
    }

    private static long offset(CompletableFuture<Long> acknowledged) {
        try {
            return acknowledged.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
