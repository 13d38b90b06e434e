package io.weir.metricproducer;

import java.util.ArrayList;
import java.util.List;

/** Collects the sent records, in order. */
public final class CollectingSink implements RecordSink {

    private final List<Sent> records = new ArrayList<>();
    private int flushed;

    @Override
    public void send(byte[] key, byte[] value) {
        records.add(new Sent(key, value));
    }

    @Override
    public void flush() {
        flushed = records.size();
    }

    public List<Sent> records() {
        return records;
    }

    public boolean isFlushed() {
        return flushed == records.size();
    }

    public record Sent(byte[] key, byte[] value) {}
}
