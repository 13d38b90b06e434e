package io.weir.local.rebuild;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.metricproducer.Publisher;
import io.weir.query.log.LogEnds;
import io.weir.storage.ledger.LedgerReader;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.source.SourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The commands in flight: sent to every live source, and not yet passed by all ledgers. Not thread-safe. */
final class CommandsUnderWay {

    /** Appends records to partitions of the topic; {@link Publisher#append} does. */
    @FunctionalInterface
    interface CommandLog {

        CompletableFuture<Long> append(int partition, byte[] key, byte[] value);
    }

    /** @param before the command is valid only at offsets below it */
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
            if (end != null) { // absent if the log is gone
                sendings.put(source.id(), send(command, source.id(), end));
            }
        });
        sent.add(new Sent(command, sendings));
    }

    /**
     * Returns the commands that the ledgers of all live sources have passed, in the order in which they were sent.
     * Sends a command again if its offset is beyond the limit that it was signed for.
     *
     * @throws io.weir.metricproducer.PublishException if a command could not be published
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
                continue; // its source has ended, so its rows are final
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
