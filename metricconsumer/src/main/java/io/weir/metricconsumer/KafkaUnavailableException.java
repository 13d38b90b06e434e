package io.weir.metricconsumer;

import org.jspecify.annotations.Nullable;

/** Kafka did not answer in time. */
final class KafkaUnavailableException extends RuntimeException {

    KafkaUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
