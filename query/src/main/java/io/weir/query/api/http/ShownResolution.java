package io.weir.query.api.http;

import io.weir.query.WindowSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the parameter resolution.
 *
 * @param text as in requests and answers
 * @param windows the size of the windows; null for raw and auto
 */
public record ShownResolution(String text, @Nullable WindowSize windows) {

    public static final ShownResolution RAW = new ShownResolution("raw", null);
    public static final ShownResolution AUTO = new ShownResolution("auto", null);

    public static ShownResolution of(WindowSize windows) {
        return new ShownResolution(windows.text(), windows);
    }

    static List<ShownResolution> all() {
        List<ShownResolution> all = new ArrayList<>(List.of(RAW));
        for (WindowSize size : WindowSize.values()) {
            all.add(of(size));
        }
        all.add(AUTO);
        return all;
    }

    /** Reads one of some values. */
    static ShownResolution read(String text, List<ShownResolution> among) {
        return among.stream()
                .filter(each -> each.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "found \"" + text + "\"; expected one of " + String.join(", ", texts(among))));
    }

    static List<String> texts(List<ShownResolution> among) {
        return among.stream().map(ShownResolution::text).toList();
    }
}
