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

/** Generates docs/reference/configuration.md: the keys of reference.conf in its order, with its comments. */
final class ConfigurationPage {

    private static final String INTRODUCTION =
            """
            # Configuration

            <!-- Written by ConfigurationPageTest from reference.conf. Edit that file, not this one. -->

            Every setting has a default, and on one machine the defaults suffice. Weir reads settings from these
            sources; later ones override earlier ones:

            1. the defaults below ([reference.conf](../../%s));
            2. a file in HOCON, `--config FILE`: `weir { kafka { topic = "readings" } }`, or one line for
               each setting, as in `weir.kafka.topic = "readings"`;
            3. the environment: the key in capitals, with `_` instead of each `.` and `-`;
            4. the settings of Spark's Cassandra connector: `spark.cassandra.connection.host` and `.port`,
               `spark.cassandra.auth.username` and `.password`;
            5. Spark's own configuration: the key after `spark.`, as in `--conf spark.weir.kafka.topic=readings`.

            `weir up` and `weir demo` override `bootstrap-servers`, `contact-points`, `weir.cassandra.username`,
            `password-file`, `weir.spark.checkpoint` (`pipeline/checkpoint` in the data directory) and `ready-file`.
            `weir run` overrides the last two. If `weir.pipeline.command-key` is not set, all three set it to a file in
            the data directory. The heaps of the JVMs that they start are not settings: they depend on the machine's
            memory, or on the option `--heap` ([Set the memory](../how-to/set-the-memory.md)).

            An unknown key or a malformed value stops the start; the message names the key, the value, and what was
            expected. Durations need a unit (`500 ms`, `10 seconds`, `10 minutes`, `750 hours`, `30 days`), and so do
            sizes (`256 KiB`, `1 MiB`). No duration may be longer than 20,000 days.

            The section `weir.api` configures the query API
            ([reference.conf](../../%s)),
            which reads it from the file and the environment; the pipeline ignores it. Other commands read these sources
            too: `weir status --config FILE` takes its servers and login from `weir.kafka` and `weir.cassandra`,
            unless its options name others.
            """;

    private static final String REFERENCE =
            "metricconsumer/src/main/resources/io/weir/metricconsumer/config/reference.conf";

    private static final String API_REFERENCE = "query/src/main/resources/io/weir/query/api/config/reference.conf";

    /** In a module that this one does not depend on, so it is read from the checkout. */
    private final Config apiReference = ConfigFactory.parseFile(
            Path.of(System.getProperty("basedir", "metricconsumer"))
                    .toAbsolutePath()
                    .resolveSibling(API_REFERENCE)
                    .toFile(),
            ConfigParseOptions.defaults().setAllowMissing(false));

    private final Config reference = ConfigFactory.parseResources(WeirSettings.class, "reference.conf");

    String text() {
        StringBuilder page = new StringBuilder(INTRODUCTION.formatted(REFERENCE, API_REFERENCE));
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
