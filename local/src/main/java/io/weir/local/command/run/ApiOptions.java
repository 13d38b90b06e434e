package io.weir.local.command.run;

import io.weir.local.command.terminal.PortConverter;
import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.PortChoice;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.ApiSettingsReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose whether, and on which port, the query API is served. */
final class ApiOptions {

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description =
                    "The query API's port; 0 for any free port (default: 8080, or a free port if 8080 is in use).")
    private @Nullable Integer port;

    @Option(names = "--no-api", description = "Do not serve the query API and the dashboard.")
    private boolean none;

    /** Reads the settings and chooses a port, so that invalid settings are reported before anything starts. */
    Optional<ApiSettings> settings(@Nullable Path configuration) {
        if (none) {
            return Optional.empty();
        }
        ApiSettings settings = ApiSettingsReader.read(configuration, System.getenv());
        PortChoice choice = port == null ? PortChoice.preferring(settings.port()) : PortChoice.exactly(port);
        return Optional.of(settings.withPort(choice.take("the query API", "--api-port", Terminal::notice)));
    }
}
