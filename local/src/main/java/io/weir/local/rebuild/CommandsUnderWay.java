package io.weir.local.rebuild;

import io.weir.core.fold.CommandKey;
import io.weir.core.fold.CommandSigner;
import io.weir.core.fold.RebuildCommand;
import io.weir.metricproducer.Publisher;
import io.weir.query.LogEnds;
import io.weir.storage.SourceId;
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

/**
 * Commands that were sent, each to every live source, and that not all ledgers have passed yet. For one thread.
 */
final class CommandsUnderWay {

    /** Appends records to partitions of the topic; {@link Publisher#append} does. */
    @FunctionalInterface
    interface CommandLog {

        CompletableFuture<Long> append(int partition, byte[] key, byte[] value);
    }

    /** @param before the command is signed for offsets before it */
    private record Sending(long before, CompletableFuture<Long> offset) {}

    private record Sent(RebuildCommand command, Map<SourceId, Sending> sendings) {}

    private final CommandLog log;
    private final LedgerReader ledgers;
    private final LogEnds ends;
    private final CommandKey key;
    private final String topic;
    private final Deque<Sent> sent = new ArrayDeque<>();

    CommandsUnderWay(CommandLog log, LedgerReader ledgers, LogEnds ends, CommandKey key, String topic) {
        this.log = log;
        this.ledgers = ledgers;
        this.ends = ends;
        this.key = key;
        this.topic = topic;
    }

    int count() {
        return sent.size();
    }

    void send(RebuildCommand command) {
        Map<Integer, SourceLedger> live = liveSources();
        Map<Integer, Long> logs = ends.of(live.values());
        Map<SourceId, Sending> sendings = new HashMap<>();
        live.forEach((number, source) -> {
            Long end = logs.get(number);
            if (end != null) { // else its log is gone
                sendings.put(source.id(), send(command, source.id(), end));
            }
        });
        sent.add(new Sent(command, sendings));
    }

    /**
     * Returns the commands, in the order that they were sent, that the ledgers of all sources have passed by now which
     * have not ended. A command that has come to a log later than it was signed for is sent again.
     *
     * @throws io.weir.metricproducer.PublishException if the log has not taken one
     */
    List<RebuildCommand> takePassed() {
        Map<Integer, SourceLedger> live = liveSources();
        List<RebuildCommand> passed = new ArrayList<>();
        while (!sent.isEmpty() && isPassed(sent.getFirst(), live)) {
            passed.add(sent.removeFirst().command());
        }
        return passed;
    }

    private boolean isPassed(Sent first, Map<Integer, SourceLedger> live) {
        for (Map.Entry<SourceId, Sending> entry : first.sendings().entrySet()) {
            SourceId source = entry.getKey();
            SourceLedger ledger = live.get(source.number());
            if (ledger == null) {
                continue; // its source has ended, and its rows stay as they are
            }
            long offset = offset(entry.getValue().offset());
            if (offset >= entry.getValue().before()) {
                entry.setValue(send(first.command(), source, offset + 1));
                return false;
            }
            if (ledger.ledger().throughOffset() < offset) {
                return false;
            }
        }
        return true;
    }

    private Sending send(RebuildCommand command, SourceId source, long end) {
        long before = end + CommandSigner.WINDOW;
        byte[] value = new CommandSigner(key, source.identity()).sign(command, before);
        return new Sending(before, log.append(source.partition(), RebuildCommand.key(), value));
    }

    private Map<Integer, SourceLedger> liveSources() {
        Map<Integer, SourceLedger> live = new HashMap<>();
        for (SourceLedger source : ledgers.readAll()) {
            if (source.isLive() && source.topic().equals(topic)) {
                live.put(source.source(), source);
            }
        }
        return live;
    }

    private static long offset(CompletableFuture<Long> acknowledged) {
        try {
            return acknowledged.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
