package io.weir.metricconsumer.failure;

import org.jspecify.annotations.Nullable;

/** Thrown if Kafka does not answer in time. */
public final class KafkaUnavailableException extends RuntimeException {

    public KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
