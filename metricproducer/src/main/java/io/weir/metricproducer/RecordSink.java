package io.weir.metricproducer;

/** Takes the records that a file or a simulated fleet produces; {@link Publisher} brings them into Kafka. */
public interface RecordSink {

    /**
     * Takes one record. Records with the same key stay in order. Blocks while too many are under way.
     *
     * @param key the device, so that all its readings stay in one partition
     * @throws PublishException if this record or an earlier one cannot be delivered; nothing more will be
     */
    void send(byte[] key, byte[] value);

    /**
     * Waits until every record so far has been delivered.
     *
     * @throws PublishException if one of them cannot be
     */
    void flush();
}
