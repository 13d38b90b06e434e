package io.weir.query.api.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.weir.core.text.NearestName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code weir.api} of the settings. The other sections are the pipeline's. */
public final class ApiSettingsReader {

    private static final String SECTION = "weir.api";

    private ApiSettingsReader() {}

    /**
     * Reads the settings.
     *
     * @param file a HOCON file that overrides the defaults of reference.conf; null for none
     * @param environment its {@code WEIR_API_…} variables override the file
     * @throws SettingsException if a key is unknown or a value is invalid
     */
    public static ApiSettings read(@Nullable Path file, Map<String, String> environment) {
        Config reference = ConfigFactory.parseResources(
                ApiSettingsReader.class,
                "reference.conf",
                ConfigParseOptions.defaults().setAllowMissing(false));
        Set<String> known = keysOf(reference);
        refuseUnknownVariables(environment.keySet(), known);
        Config given = SettingsFile.read(file, environment, known);
        for (String key : keysOf(given)) {
            if (key.startsWith(SECTION + ".") && !known.contains(key)) {
                throw unknown(key, known);
            }
        }
        return settings(new SettingsSection(given.withFallback(reference).getConfig(SECTION), SECTION));
    }

    private static void refuseUnknownVariables(Set<String> names, Set<String> known) {
        Set<String> variables =
                known.stream().map(SettingsFile::variable).collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            if (name.startsWith(SettingsFile.variable(SECTION + ".")) && !variables.contains(name)) {
                throw unknown(name, variables);
            }
        }
    }

    private static SettingsException unknown(String name, Set<String> known) {
        return new SettingsException("unknown setting " + name
                + NearestName.of(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("")
                + " (docs/reference/configuration.md lists all settings)");
    }

    private static ApiSettings settings(SettingsSection in) {
        return new ApiSettings(
                in.filledText("host", "an address such as 127.0.0.1"),
                in.between("port", 0, 65_535),
                in.texts("cors-origins", "a list of origins such as [\"https://example.org\"]"),
                in.between("max-points", 1, 100_000),
                in.between("max-windows", 1, 10_000_000),
                in.duration("time-limit"),
                in.between("max-streams", 0, 10_000),
                in.duration("refresh"),
                LoadSettings.read(in.section("load")),
                AccessSettingsReader.read(in));
    }

    private static Set<String> keysOf(Config config) {
        Set<String> keys = new TreeSet<>();
        config.entrySet().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
