package io.weir.metricproducer.rekey;

import io.weir.metricproducer.PublishException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Explains to a person why a copy cannot go on. Thread-safe. */
final class RekeyFaults {

    private final RekeySettings settings;

    RekeyFaults(RekeySettings settings) {
        this.settings = settings;
    }

    /** Returns what to say of an error of a Kafka client. */
    PublishException explain(Exception error) {
        if (isFenced(error) || (error.getCause() instanceof Exception cause && isFenced(cause))) {
            return new PublishException(
                    "another copy of \"" + settings.from() + "\" into \"" + settings.to()
                            + "\" has taken over, or Kafka has aborted a transaction that took longer than "
                            + RekeyClients.TRANSACTION_LIMIT.toSeconds()
                            + " s. If no other copy runs, run again: the copy goes on",
                    error);
        }
        if (error instanceof OffsetOutOfRangeException) {
            return new PublishException(
                    "records of topic \"" + settings.from() + "\" have expired, or were deleted, before they were"
                            + " copied: " + error.getMessage() + ". To copy what is left, delete \"" + settings.to()
                            + "\" or name another topic",
                    error);
        }
        if (error instanceof TimeoutException) {
            return new PublishException(
                    "Kafka at " + settings.bootstrapServers() + " stopped answering: " + error.getMessage()
                            + ". Check that it runs, then run again: the copy goes on",
                    error);
        }
        return new PublishException(
                "Kafka at " + settings.bootstrapServers() + " does not let \"" + settings.from()
                        + "\" be copied into \"" + settings.to() + "\": " + error.getMessage(),
                error);
    }

    /** Returns what to say of an error that the copy of a record met. */
    PublishException explain(Exception error, ConsumerRecord<byte[], byte[]> original) {
        if (error instanceof RecordTooLargeException) {
            return new PublishException(
                    "the record at offset " + original.offset() + " of " + settings.from() + "-" + original.partition()
                            + ", with " + original.serializedValueSize() + " bytes, is larger than topic \""
                            + settings.to() + "\" takes: " + error.getMessage()
                            + " Raise max.message.bytes of that topic and run again: the copy goes on. A record of more"
                            + " than " + RekeyClients.PRODUCER_BYTES + " bytes cannot be copied",
                    error);
        }
        return explain(error);
    }

    private static boolean isFenced(Exception error) {
        return error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException;
    }
}
