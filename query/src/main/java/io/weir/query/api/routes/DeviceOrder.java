package io.weir.query.api.routes;

import io.weir.core.reading.NameOrder;
import io.weir.query.api.http.Parameter;
import io.weir.query.device.KnownDevices.Known;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The order of listed devices.
 *
 * @param by the field that decides; the name decides between equals
 */
record DeviceOrder(By by, boolean isDescending) {

    static final Parameter<DeviceOrder> SORT = Parameter.single(
            "sort",
            "name",
            Map.of("type", "string", "enum", texts()),
            "The order: by name, by when the device was last seen, or by its usual interval; with a minus in reverse.",
            DeviceOrder::read);

    private static final String KIND = "device-states";

    /** The field that decides. */
    enum By {
        NAME,
        SEEN,
        INTERVAL
    }

    /** The place of a device in the order. */
    record Mark(long key, String device) {}

    Mark of(Known device) {
        Long seen = device.lastSeen();
        Long interval = device.usualInterval();
        long key =
                switch (by) {
                    case NAME -> 0;
                    case SEEN -> seen == null ? Long.MIN_VALUE : seen;
                    case INTERVAL -> interval == null ? Long.MAX_VALUE : interval;
                };
        return new Mark(key, device.device());
    }

    Comparator<Mark> comparator() {
        Comparator<Mark> order = Comparator.comparingLong(Mark::key).thenComparing(Mark::device, NameOrder.INSTANCE);
        return isDescending ? order.reversed() : order;
    }

    String text(Mark mark) {
        return CursorText.write(KIND, text(), mark.key(), mark.device());
    }

    /** Reads the cursor of a request with the same order. */
    Mark mark(String text) {
        CursorText.Reader fields = CursorText.read(KIND, text);
        if (!fields.text().equals(text())) {
            throw CursorText.wrong();
        }
        return new Mark(fields.number(), fields.text());
    }

    private String text() {
        return (isDescending ? "-" : "") + by.name().toLowerCase(Locale.ROOT);
    }

    private static DeviceOrder read(String text) {
        boolean isDescending = text.startsWith("-");
        try {
            return new DeviceOrder(named(isDescending ? text.substring(1) : text, By.values()), isDescending);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "found \"" + text + "\"; expected one of " + String.join(", ", texts()), e);
        }
    }

    private static List<String> texts() {
        return names(By.values()).stream()
                .flatMap(name -> Stream.of(name, "-" + name))
                .toList();
    }

    static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static <E extends Enum<E>> E named(String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "found \"" + text + "\"; expected one of " + String.join(", ", names(constants))));
    }
}
