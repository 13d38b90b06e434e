package io.weir.metricproducer;

/** Receives the records of a file or a simulated fleet; {@link Publisher} sends them to Kafka. */
public interface RecordSink {

    /**
     * Sends a record. Records with the same key stay in order. Blocks while too many are in flight.
     *
     * @param key the device, so that all its readings stay in one partition
     * @throws PublishException if this record or an earlier one cannot be delivered; no later record will be
     */
    void send(byte[] key, byte[] value);

    /**
     * Waits until every record so far has been delivered.
     *
     * @throws PublishException if one of them cannot be delivered
     */
    void flush();
}
