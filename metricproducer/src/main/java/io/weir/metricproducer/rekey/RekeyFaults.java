package io.weir.metricproducer.rekey;

import io.weir.metricproducer.PublishException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Converts failures of a copy to messages for the user. Thread-safe. */
final class RekeyFaults {

    private final RekeySettings settings;

    RekeyFaults(RekeySettings settings) {
        this.settings = settings;
    }

    /** Converts an error of a Kafka client. */
    PublishException explain(Exception error) {
        if (isFenced(error) || (error.getCause() instanceof Exception cause && isFenced(cause))) {
            return new PublishException(
                    "another copy of \"" + settings.from() + "\" into \"" + settings.to()
                            + "\" has taken over, or Kafka has aborted a transaction that took longer than "
                            + RekeyClients.TRANSACTION_LIMIT.toSeconds()
                            + " s. If no other copy runs, run the command again to resume",
                    error);
        }
        if (error instanceof OffsetOutOfRangeException) {
            return new PublishException(
                    "records of topic \"" + settings.from() + "\" have expired, or were deleted, before they were"
                            + " copied: " + error.getMessage() + ". To copy the remaining records, delete"
                            + " \"" + settings.to()
                            + "\" or choose another topic",
                    error);
        }
        if (error instanceof TimeoutException) {
            return new PublishException(
                    "Kafka at " + settings.bootstrapServers() + " stopped answering: " + error.getMessage()
                            + ". Check that it runs, then run the command again to resume",
                    error);
        }
        return new PublishException(
                "Kafka at " + settings.bootstrapServers() + " does not let \"" + settings.from()
                        + "\" be copied into \"" + settings.to() + "\": " + error.getMessage(),
                error);
    }

    /** Converts an error in copying a record. */
    PublishException explain(Exception error, ConsumerRecord<byte[], byte[]> original) {
        if (error instanceof RecordTooLargeException) {
            return new PublishException(
                    "the record at offset " + original.offset() + " of " + settings.from() + "-" + original.partition()
                            + ", with " + original.serializedValueSize() + " bytes, is larger than topic"
                            + " \"" + settings.to() + "\" accepts: " + error.getMessage()
                            + " Raise max.message.bytes of that topic and run the command again to resume. A record of"
                            + " more"
                            + " than " + RekeyClients.PRODUCER_BYTES + " bytes cannot be copied",
                    error);
        }
        return explain(error);
    }

    private static boolean isFenced(Exception error) {
        return error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException;
    }
}
