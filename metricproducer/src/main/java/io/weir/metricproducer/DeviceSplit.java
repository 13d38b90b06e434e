package io.weir.metricproducer;

import io.weir.core.reading.JsonReadingDecoder;
import io.weir.core.reading.RecordElement;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Splits a record by device, so that each part can be keyed by its device: a key puts all readings of a device into one
 * partition, where a second copy of a reading is recognised. Elements keep their bytes and, within a device, their
 * order. A pure function of the bytes.
 */
public final class DeviceSplit {

    private static final JsonReadingDecoder DECODER = new JsonReadingDecoder();

    /**
     * A record of one device.
     *
     * @param device null if the record names no device
     */
    public record Part(@Nullable String device, byte[] value) {}

    private DeviceSplit() {}

    /**
     * Returns the parts of a record, in the order in which their devices appear first.
     *
     * <p>A record with at most one device is a single part with the same bytes; so is a record that cannot be parsed.
     * Otherwise each part is an array of its device's elements. An element that names no device is a rejection wherever
     * it stands: it goes with the element before it, or with the first device.
     */
    public static List<Part> of(byte[] record) {
        List<RecordElement> elements = DECODER.elements(record);
        List<String> devices = elements.stream()
                .map(RecordElement::device)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (devices.size() <= 1) {
            return List.of(new Part(devices.isEmpty() ? null : devices.get(0), record));
        }
        return split(record, elements, devices.get(0));
    }

    private static List<Part> split(byte[] record, List<RecordElement> elements, String first) {
        Map<String, ByteArrayOutputStream> arrays = new LinkedHashMap<>();
        String device = first;
        for (RecordElement element : elements) {
            device = element.device() == null ? device : element.device();
            ByteArrayOutputStream array = arrays.computeIfAbsent(device, name -> new ByteArrayOutputStream());
            array.write(array.size() == 0 ? '[' : ',');
            array.write(record, element.from(), element.length());
        }
        return arrays.entrySet().stream()
                .map(array -> {
                    array.getValue().write(']');
                    return new Part(array.getKey(), array.getValue().toByteArray());
                })
                .toList();
    }
}
