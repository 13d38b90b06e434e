package io.weir.metricconsumer;

import org.jspecify.annotations.Nullable;

/** Thrown if Kafka does not answer in time. */
final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
