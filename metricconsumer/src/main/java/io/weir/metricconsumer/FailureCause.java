package io.weir.metricconsumer;

import io.weir.core.fold.TablesException;
import io.weir.storage.TransientFailures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** What is behind the exception that a query has failed with: tells causes that may pass from those that stay. */
final class FailureCause {

    private static final int LONGEST_CHAIN = 20;
    private static final String OURS = "io.weir.";

    /** From the exception itself to its deepest cause. */
    private final List<Throwable> chain;

    FailureCause(Throwable failure) {
        chain = Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .toList();
    }

    /** Returns the failure as the task of a source has told it; empty if it was none. */
    Optional<SourceFailedException> inSource() {
        return chain.stream()
                .filter(SourceFailedException.class::isInstance)
                .map(SourceFailedException.class::cast)
                .findFirst();
    }

    /**
     * Returns whether the same attempt may succeed later, with the same records: servers that are away, too slow or changing,
     * files that cannot be read or written now, and tasks that lost their source to others.
     */
    boolean mayPass() {
        return inSource().map(SourceFailedException::mayPass).orElseGet(() -> chain.stream()
                .anyMatch(FailureCause::mayPass));
    }

    /** Returns what a person is told: in Weir's own words, where there are some. */
    String message() {
        Throwable deepest = chain.get(chain.size() - 1);
        return chain.stream()
                .filter(e -> e.getMessage() != null && e.getClass().getName().startsWith(OURS))
                .findFirst()
                .map(Throwable::getMessage)
                .orElseGet(deepest::toString);
    }

    private static boolean mayPass(Throwable e) {
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
