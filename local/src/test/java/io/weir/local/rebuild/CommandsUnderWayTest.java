package io.weir.local.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.CommandSigner;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.Ledger;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Scope;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.source.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommandsUnderWayTest {

    private static final CommandKey KEY = CommandKey.parse("17".repeat(32));
    private static final RebuildCommand COMMAND = new RebuildCommand(new RawSpan(Scope.DEVICE, "d", "m", 0, 1), false);

    private final Map<Integer, SourceLedger> ledgers = new TreeMap<>();

    /** The log end offsets, by source. */
    private final Map<Integer, Long> ends = new HashMap<>();

    /** The appended records, as partition, offset and value. */
    private final List<String> log = new ArrayList<>();

    /** The number of producer records that arrive between reading the end offset and appending the command. */
    private long others;

    private final CommandsUnderWay commands = new CommandsUnderWay(
            this::append, () -> List.copyOf(ledgers.values()), sources -> Map.copyOf(ends), KEY, "readings");

    @Test
    void areSignedForEachSourceAndDoneOnceItsLedgerPassesThem() {
        source(1, 0, 99);
        source(2, 1, 199);
        commands.send(COMMAND);
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "0 at 100: " + signed(1, 0, 100 + CommandSigner.WINDOW),
                        "1 at 200: " + signed(2, 1, 200 + CommandSigner.WINDOW));
        source(1, 0, 100);
        assertThat(commands.takePassed()).isEmpty();
        source(2, 1, 200);
        assertThat(commands.takePassed()).containsExactly(COMMAND);
        assertThat(commands.count()).isZero();
    }

    @Test
    void areSentAgainIfTheyArrivedTooLate() {
        source(1, 0, 99);
        others = CommandSigner.WINDOW;
        commands.send(COMMAND);
        long late = 100 + CommandSigner.WINDOW;
        source(1, 0, late);
        others = CommandSigner.WINDOW - 1;
        assertThat(commands.takePassed()).as("the first was none").isEmpty();
        long again = late + CommandSigner.WINDOW;
        assertThat(log)
                .containsExactly(
                        "0 at " + late + ": " + signed(1, 0, late), "0 at " + again + ": " + signed(1, 0, again + 1));
        source(1, 0, again);
        assertThat(commands.takePassed()).containsExactly(COMMAND);
        assertThat(log).hasSize(2);
    }

    @Test
    void doNotWaitForRetiredSourcesOrMissingLogs() {
        source(1, 0, 99);
        source(2, 1, 199);
        source(3, 2, 299);
        ends.remove(3);
        commands.send(COMMAND);
        assertThat(log).hasSize(2);
        source(1, 0, 100);
        ledgers.remove(2);
        assertThat(commands.takePassed()).containsExactly(COMMAND);
    }

    private void source(int number, int partition, long through) {
        Ledger ledger = new Ledger(through, 0, 0, 0, Map.of());
        ledgers.put(number, new SourceLedger(number, "readings", "topic-id", partition, ledger));
        ends.put(number, through + 1);
    }

    private CompletableFuture<Long> append(int partition, byte[] key, byte[] value) {
        assertThat(key).isEqualTo(RebuildCommand.key());
        long offset = ends.get(partition + 1) + others;
        log.add(partition + " at " + offset + ": " + new String(value, UTF_8));
        return CompletableFuture.completedFuture(offset);
    }

    private static String signed(int source, int partition, long before) {
        SourceId id = new SourceId(source, "readings", "topic-id", partition);
        return new String(new CommandSigner(KEY, id.identity()).sign(COMMAND, before), UTF_8);
    }
}
