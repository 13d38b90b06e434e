package io.weir.query.log;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for results of a Kafka admin client, in bounded time. */
public final class KafkaResults {

    static final Duration USUAL_LIMIT = Duration.ofSeconds(30);

    private KafkaResults() {}

    /**
     * Returns the result.
     *
     * @throws LogUnreachableException if the request fails or times out, with Kafka's error as its cause
     */
    public static <T> T of(KafkaFuture<T> asked) {
        return of(asked, USUAL_LIMIT);
    }

    static <T> T of(KafkaFuture<T> asked, Duration limit) {
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LogUnreachableException("Kafka could not describe its logs: " + cause, cause);
        } catch (TimeoutException e) {
            throw new LogUnreachableException("Kafka did not answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnreachableException("interrupted while waiting for Kafka", e);
        }
    }
}
