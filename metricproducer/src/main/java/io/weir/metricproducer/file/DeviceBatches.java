package io.weir.metricproducer.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.metricproducer.RecordSink;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sends the objects of one record of a file in as few records as the pipeline's limits allow, in separate records for
 * each device, keyed by the device. Not thread-safe.
 */
final class DeviceBatches {

    private final RecordSink sink;
    private final int maxBytes;
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private long sent;

    /** @param maxBytes the maximum size of a record's value in bytes */
    DeviceBatches(RecordSink sink, int maxBytes) {
        this.sink = sink;
        this.maxBytes = maxBytes;
    }

    /** Returns the number of records sent so far. */
    long sent() {
        return sent;
    }

    /** Adds an object, which is sent with others of its device. */
    void add(String device, byte[] json, int readings) {
        Batch batch = batches.computeIfAbsent(device, name -> new Batch());
        boolean fits = batch.json.size() + json.length + 2 <= maxBytes
                && batch.readings + readings <= JsonReadingDecoder.MAX_ELEMENTS;
        if (batch.objects > 0 && !fits) {
            send(device, batch);
            batch = new Batch();
            batches.put(device, batch);
        }
        batch.add(json, readings);
    }

    /** Sends all added objects, in the order of the devices' first appearance. */
    void send() {
        batches.forEach(this::send);
        batches.clear();
    }

    private void send(String device, Batch batch) {
        sink.send(device.getBytes(UTF_8), batch.record());
        sent++;
    }

    /** An array under construction. */
    private static final class Batch {

        private final ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        private int objects;
        private int readings;

        void add(byte[] object, int count) {
            json.write(objects == 0 ? '[' : ',');
            json.writeBytes(object);
            objects++;
            readings += count;
        }

        /** Returns the array; a single object without an array. */
        byte[] record() {
            if (objects > 1) {
                json.write(']');
                return json.toByteArray();
            }
            byte[] array = json.toByteArray();
            return Arrays.copyOfRange(array, 1, array.length);
        }
    }
}
