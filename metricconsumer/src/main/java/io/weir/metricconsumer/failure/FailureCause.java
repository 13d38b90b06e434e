package io.weir.metricconsumer.failure;

import io.weir.core.fold.port.TablesException;
import io.weir.storage.session.TransientFailures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** Analyses the exception that a query failed with, and tells transient causes from permanent ones. */
public final class FailureCause {

    private static final int MAX_CHAIN = 20;
    private static final String WEIR_PACKAGES = "io.weir.";

    /** The exception and its causes, outermost first. */
    private final List<Throwable> chain;

    /**
     * The same, each with what it has suppressed: when Spark aborts a task, it adds what the task's writer reports then
     * to the failure for which it aborts it.
     */
    private final List<Throwable> all;

    public FailureCause(Throwable failure) {
        chain = Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .limit(MAX_CHAIN)
                .toList();
        all = chain.stream()
                .flatMap(e -> Stream.concat(Stream.of(e), Arrays.stream(e.getSuppressed())))
                .toList();
    }

    /** Returns the failure that a source's task reported; empty if the failure has another origin. */
    public Optional<SourceFailedException> sourceFailure() {
        return all.stream()
                .filter(SourceFailedException.class::isInstance)
                .map(SourceFailedException.class::cast)
                .findFirst();
    }

    /**
     * Returns whether a retry with the same records may succeed: servers that are down, too slow or restarting, files
     * that are temporarily unreadable or unwritable, and tasks that lost their source to another task.
     */
    public boolean isTransient() {
        return sourceFailure().map(SourceFailedException::isTransient).orElseGet(() -> chain.stream()
                .anyMatch(FailureCause::isTransient));
    }

    /** Returns the message for an operator: Weir's own, if the chain has one. */
    public String message() {
        Throwable deepest = chain.get(chain.size() - 1);
        return all.stream()
                .filter(e -> e.getMessage() != null && e.getClass().getName().startsWith(WEIR_PACKAGES))
                .findFirst()
                .map(Throwable::getMessage)
                .orElseGet(deepest::toString);
    }

    private static boolean isTransient(Throwable e) {
        return e instanceof KafkaUnavailableException
                || e instanceof RetriableException
                || (e instanceof KafkaException && !(e instanceof ApiException))
                || e instanceof IOException
                || e instanceof TimeoutException
                || e instanceof InterruptedException
                || (e instanceof TablesException && e.getCause() == null)
                || TransientFailures.includes(e);
    }
}
