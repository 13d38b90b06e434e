package io.weir.metricconsumer.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/reference/configuration.md: the keys of reference.conf in its order, with its comments. */
final class ConfigurationPage {

    private static final String ABOUT =
            """
            # Configuration

            <!-- Written by ConfigurationPageTest from reference.conf. Edit that file, not this one. -->

            Every setting has a default, so none is needed on one machine. Where they come from, later ones going over
            earlier ones:

            1. the defaults below ([reference.conf](../../%s));
            2. a file in HOCON, `--config FILE`: `weir { kafka { topic = "readings" } }`, or a line `weir.kafka.topic = "readings"`
               for each;
            3. the environment: the key in capitals, with `_` for each `.` and `-`;
            4. the names that users of Spark and Cassandra know: `spark.cassandra.connection.host` and `.port`,
               `spark.cassandra.auth.username` and `.password`;
            5. Spark's own configuration: the key after `spark.`, as in `--conf spark.weir.kafka.topic=readings`.

            `weir up` and `weir demo` know where their servers are: they set `bootstrap-servers`, `contact-points`,
            `weir.cassandra.username`, `password-file`, `weir.spark.checkpoint` (`pipeline/checkpoint` in the directory
            of the data) and `ready-file` over all of these. `weir run` sets the last two. All three set
            `weir.pipeline.command-key`, to a file in the directory of the data, where nothing else does. The heaps of the
            JVMs that they start are not settings: they follow from the machine's memory, or from the option `--heap`
            ([Set the memory](../how-to/set-the-memory.md)).

            A key that is not below stops the start, as does a value that is not what is expected; the message names the key,
            the value, and what was expected. Durations have a unit (`500 ms`, `10 seconds`, `10 minutes`, `750 hours`, `30 days`),
            and so have sizes (`256 KiB`, `1 MiB`).

            What is in `weir.api` is the query API's ([reference.conf](../../%s)): read from the file and the environment,
            and not by Spark. Other commands find their servers there too: `weir status --config FILE` takes those of `weir.kafka` and
            `weir.cassandra`, with the login, unless options name others.
            """;

    private static final String REFERENCE =
            "metricconsumer/src/main/resources/io/weir/metricconsumer/config/reference.conf";

    private static final String API_REFERENCE = "query/src/main/resources/io/weir/query/api/reference.conf";

    /** In another module, which this one does not use: found in the checkout. */
    private final Config apiReference = ConfigFactory.parseFile(
            Path.of(System.getProperty("basedir", "metricconsumer"))
                    .toAbsolutePath()
                    .resolveSibling(API_REFERENCE)
                    .toFile(),
            ConfigParseOptions.defaults().setAllowMissing(false));

    private final Config reference = ConfigFactory.parseResources(WeirSettings.class, "reference.conf");

    String text() {
        StringBuilder page = new StringBuilder(ABOUT.formatted(REFERENCE, API_REFERENCE));
        inOrder(reference.getObject("weir")).forEach(entry -> page.append(section("weir", entry)));
        inOrder(apiReference.getObject("weir")).forEach(entry -> page.append(section("weir", entry)));
        return page.toString();
    }

    private static String section(String parent, Map.Entry<String, ConfigValue> entry) {
        String path = parent + "." + entry.getKey();
        StringBuilder section = new StringBuilder("\n## " + path + "\n\n" + comment(entry.getValue()) + "\n");
        for (Map.Entry<String, ConfigValue> child : inOrder((ConfigObject) entry.getValue())) {
            section.append(child.getValue() instanceof ConfigObject ? section(path, child) : setting(path, child));
        }
        return section.toString();
    }

    private static String setting(String section, Map.Entry<String, ConfigValue> entry) {
        String key = section + "." + entry.getKey();
        String value = entry.getValue().unwrapped().toString();
        String comment = comment(entry.getValue());
        return "\n### " + key + "\n\n"
                + (comment.isEmpty() ? "" : comment + "\n\n")
                + "Default: " + (value.isEmpty() ? "empty" : "`" + value + "`")
                + ". Environment: `" + SettingsLayers.variable(key) + "`.\n";
    }

    private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
        return object.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        entry -> entry.getValue().origin().lineNumber()))
                .toList();
    }

    private static String comment(ConfigValue value) {
        return value.origin().comments().stream().map(String::strip).collect(Collectors.joining("\n"));
    }
}
