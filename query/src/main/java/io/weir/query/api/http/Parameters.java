package io.weir.query.api.http;

import io.weir.core.reading.NameRule;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.query.Fill;
import io.weir.query.RollupFunction;
import io.weir.query.WindowSize;
import io.weir.query.api.config.LoadSettings;
import io.weir.query.api.format.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters that routes share. */
public final class Parameters {

    static final int MAX_FUNCTIONS = 20;

    public static final Parameter<String> GROUP_IN_PATH =
            new Parameter<>("group", Parameter.Place.PATH, null, 1, name(), "The group.", Parameters::nameOf);

    public static final Parameter<String> DEVICE_IN_PATH =
            new Parameter<>("device", Parameter.Place.PATH, null, 1, name(), "The device.", Parameters::nameOf);

    public static final Parameter<String> DEVICE =
            names("device", LoadSettings.MAX_SCOPES, "A device; may be repeated. Give either devices or groups.");
    public static final Parameter<String> GROUP = names(
            "group",
            LoadSettings.MAX_SCOPES,
            "A group (the readings of all its devices); may be repeated. Give either devices or groups.");
    public static final Parameter<String> METRIC = names("metric", LoadSettings.MAX_METRICS, "A metric.");

    public static final Parameter<String> ONE_DEVICE = names("device", 1, "The device.");
    public static final Parameter<String> ONE_GROUP = names("group", 1, "The group.");

    public static final Parameter<String> SEARCH = Parameter.single(
            "search",
            null,
            Map.of("type", "string", "maxLength", 256),
            "Only names that contain this text, case-insensitively.",
            text -> text.toLowerCase(Locale.ROOT));

    public static final Parameter<Format> FORMAT =
            choice("format", null, Format.class, "The response format; by default from the Accept header, else JSON.");
    public static final Parameter<Boolean> QUOTE_FORMULAS = flag(
            "quoteFormulas",
            "true",
            "Whether CSV has an apostrophe before names and texts that begin with =, +, -, @, a tab or a carriage"
                    + " return, so that spreadsheets do not run them as formulas. Numbers never get one.");
    public static final Parameter<Fill> FILL = choice(
            "fill",
            "none",
            Fill.class,
            "How windows without readings are filled: omitted, with nulls, with the previous values, or by linear"
                    + " interpolation.");
    public static final Parameter<ShownResolution> RESOLUTION = resolution(
            "auto",
            ShownResolution.all(),
            "The length of windows; raw for raw readings; auto for raw readings if there are at most maxPoints in each"
                    + " series, or else the finest of minutes, hours, days and months with at most maxPoints windows."
                    + " Minutes are computed from raw readings, weeks from days, quarters and years from months.");

    /** As {@link #RESOLUTION}, for routes that only return windows that are stored. */
    public static final Parameter<ShownResolution> WINDOW_RESOLUTION = resolution(
            "hour",
            Stream.of(Resolution.values())
                    .map(stored -> ShownResolution.of(WindowSize.of(stored)))
                    .toList(),
            "The length of windows.");

    public static final Parameter<List<RollupFunction>> FUNCTIONS = Parameter.single(
            "functions",
            String.join(
                    ",", RollupFunction.USUAL.stream().map(RollupFunction::name).toList()),
            Map.of("type", "string"),
            "The functions of each window, separated by commas: " + RollupFunction.EXPECTED + ".",
            Parameters::functions);

    public static final Parameter<Boolean> COMBINE =
            flag("combine", "false", "Whether to add one summary over all requested series for each metric.");

    public static final Parameter<RejectReason> REASON = new Parameter<>(
            "reason",
            Parameter.Place.QUERY,
            null,
            RejectReason.values().length,
            Map.of("type", "string", "enum", codes().toList()),
            "Only readings with this reason; may be repeated.",
            Parameters::reason);

    private Parameters() {}

    public static Parameter<Integer> wholeNumber(
            String name, @Nullable String preset, int least, int greatest, String description) {
        return Parameter.single(
                name,
                preset,
                Map.of("type", "integer", "minimum", least, "maximum", greatest),
                description,
                text -> wholeNumber(text, least, greatest));
    }

    public static Parameter<String> text(String name, int longest, String description) {
        return Parameter.single(
                name, null, Map.of("type", "string", "maxLength", longest), description, Function.identity());
    }

    public static Parameter<String> cursor() {
        return Parameter.single(
                "cursor",
                null,
                Map.of("type", "string"),
                "Where to continue: the value of next from the previous page.",
                Function.identity());
    }

    /** A time, kept as text until the time of the request is known; see {@link TimeText}. */
    public static Parameter<String> time(String name, @Nullable String preset, String description) {
        return Parameter.single(
                name,
                preset,
                Map.of("type", "string"),
                description + " " + TimeText.EXPECTED.substring(0, 1).toUpperCase(Locale.ROOT)
                        + TimeText.EXPECTED.substring(1) + ".",
                Function.identity());
    }

    public static Parameter<Boolean> flag(String name, @Nullable String preset, String description) {
        return Parameter.single(name, preset, Map.of("type", "boolean"), description, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("found \"" + text + "\"; expected true or false");
        });
    }

    /**
     * Returns whether a name is one of those that are searched for.
     *
     * @param search text that names must contain, in lower case
     */
    public static boolean contains(String name, String search) {
        return search.isEmpty() || name.toLowerCase(Locale.ROOT).contains(search);
    }

    private static Parameter<String> names(String name, int maxCount, String description) {
        return new Parameter<>(name, Parameter.Place.QUERY, null, maxCount, name(), description, Parameters::nameOf);
    }

    private static Map<String, Object> name() {
        return Map.of("type", "string", "minLength", 1, "maxLength", NameRule.MAX_CHARACTERS);
    }

    private static String nameOf(String text) {
        int characters = text.codePointCount(0, text.length());
        if (characters < 1 || characters > NameRule.MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "found a name of " + characters + " characters; expected 1 to " + NameRule.MAX_CHARACTERS);
        }
        return text;
    }

    private static Parameter<ShownResolution> resolution(
            String preset, List<ShownResolution> among, String description) {
        return Parameter.single(
                "resolution",
                preset,
                Map.of("type", "string", "enum", ShownResolution.texts(among)),
                description,
                text -> ShownResolution.read(text, among));
    }

    private static <E extends Enum<E>> Parameter<E> choice(
            String name, @Nullable String preset, Class<E> type, String description) {
        List<String> allowed = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return Parameter.single(name, preset, Map.of("type", "string", "enum", allowed), description, text -> {
            if (!allowed.contains(text)) {
                throw new IllegalArgumentException(
                        "found \"" + text + "\"; expected one of " + String.join(", ", allowed));
            }
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        });
    }

    private static int wholeNumber(String text, int least, int greatest) {
        try {
            int number = Integer.parseInt(text);
            if (least <= number && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notBetween(text, least, greatest);
        }
        throw notBetween(text, least, greatest);
    }

    private static IllegalArgumentException notBetween(String text, int least, int greatest) {
        return new IllegalArgumentException(
                "found \"" + text + "\"; expected a whole number from " + least + " to " + greatest);
    }

    private static List<RollupFunction> functions(String text) {
        List<RollupFunction> functions = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            RollupFunction function = RollupFunction.named(name);
            if (!functions.contains(function)) {
                functions.add(function);
            }
        }
        if (functions.size() > MAX_FUNCTIONS) {
            throw new IllegalArgumentException(
                    "found " + functions.size() + " functions; expected at most " + MAX_FUNCTIONS);
        }
        return functions;
    }

    private static RejectReason reason(String text) {
        return Arrays.stream(RejectReason.values())
                .filter(reason -> reason.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "found \"" + text + "\"; expected one of " + String.join(", ", codes().toList())));
    }

    private static Stream<String> codes() {
        return Arrays.stream(RejectReason.values()).map(RejectReason::code);
    }
}
