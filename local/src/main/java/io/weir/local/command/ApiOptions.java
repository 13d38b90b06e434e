package io.weir.local.command;

import io.weir.local.servers.PortChoice;
import io.weir.query.api.ApiSettings;
import io.weir.query.api.ApiSettingsReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether, and on which port, the query API is served beside the rest. */
final class ApiOptions {

    @Option(
            names = "--api-port",
            paramLabel = "PORT",
            description =
                    "The query API's port; 0 for any free one (default: 8080, or a free one when that is in use).")
    private @Nullable Integer port;

    @Option(names = "--no-api", description = "Serve no query API and no dashboard.")
    private boolean none;

    /** Reads the settings and takes a port, so that what is wrong with them is said before anything is started. */
    Optional<ApiSettings> settings(@Nullable Path configuration) {
        if (none) {
            return Optional.empty();
        }
        ApiSettings settings = ApiSettingsReader.read(configuration, System.getenv());
        PortChoice choice = port == null ? PortChoice.preferring(settings.port()) : PortChoice.exactly(port);
        return Optional.of(settings.withPort(choice.take("the query API", "--api-port", Terminal::notice)));
    }
}
