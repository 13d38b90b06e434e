package io.weir.local.rebuild;

import io.weir.core.fold.command.CommandKey;
import io.weir.core.fold.command.RebuildCommand;
import io.weir.metricproducer.Publisher;
import io.weir.query.log.LogEnds;
import io.weir.storage.admin.RebuildProgress;
import io.weir.storage.admin.RebuildTable;
import io.weir.storage.ledger.LedgerReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a rebuild: publishes its commands, a few at a time, and records the last command that all ledgers have passed. A
 * resumed rebuild sends the commands that were in flight again. Not thread-safe.
 */
public final class Rebuilder {

    /** Receives the progress. */
    public interface Listener {

        void progressed(RebuildProgress progress);

        /** Called when no ledger has passed a command for this long. */
        void stands(Duration time);
    }

    private static final long LOOK_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Publisher publisher;
    private final LedgerReader ledgers;
    private final LogEnds ends;
    private final CommandKey key;
    private final RebuildTable table;
    private final int inFlight;
    private final Clock clock;

    /**
     * @param publisher of the request's topic; the caller closes it
     * @param key the pipeline's command key
     * @param inFlight the number of commands in flight
     */
    public Rebuilder(
            Publisher publisher,
            LedgerReader ledgers,
            LogEnds ends,
            CommandKey key,
            RebuildTable table,
            int inFlight,
            Clock clock) {
        this.publisher = publisher;
        this.ledgers = ledgers;
        this.ends = ends;
        this.key = key;
        this.table = table;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /**
     * Starts or resumes the rebuild, and returns when it is complete.
     *
     * @throws io.weir.metricproducer.PublishException if a command could not be published
     * @throws io.weir.core.fold.port.TablesException if the tables cannot be reached
     */
    public RebuildProgress run(RebuildProgress begun, CommandList commands, Listener listener)
            throws InterruptedException {
        table.write(begun);
        CommandsUnderWay underWay = new CommandsUnderWay(
                publisher::append, ledgers, ends, key, begun.request().topic());
        Iterator<RebuildCommand> left =
                commands.after(command(begun.lastCommand())).iterator();
        RebuildProgress progress = begun;
        long moved = System.nanoTime();
        while (left.hasNext() || underWay.count() > 0) {
            while (underWay.count() < inFlight && left.hasNext()) {
                underWay.send(left.next());
            }
            for (RebuildCommand passed : underWay.takePassed()) {
                progress = progress.after(passed.text());
                table.write(progress);
                listener.progressed(progress);
                moved = System.nanoTime();
            }
            if (underWay.count() == inFlight || !left.hasNext()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                listener.stands(PATIENCE);
                moved = System.nanoTime();
            }
        }
        RebuildProgress done = progress.done(clock.instant());
        table.write(done);
        return done;
    }

    private static @Nullable RebuildCommand command(@Nullable String value) {
        return value == null ? null : RebuildCommand.parse(value);
    }
}
