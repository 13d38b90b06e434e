package io.weir.local.command.run;

import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.PortConverter;
import io.weir.local.command.terminal.Stop;
import io.weir.local.command.terminal.Terminal;
import io.weir.query.api.config.ApiSettings;
import io.weir.query.api.config.ApiSettingsReader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the query API without the pipeline. */
@Command(
        name = "api",
        description = {
            "Serve the query API and the dashboard of a running system until SIGTERM or Ctrl-C.",
            "Prints one line with the address on standard output when the API is ready."
        },
        footer = {"", "Examples:", "  weir api --port 8081", "  weir api --config weir.conf"})
public final class ApiCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(
            names = {"--port", "--api-port"},
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "The port to listen on; 0 for any free port (default: weir.api.port, 8080).")
    private @Nullable Integer port;

    @Override
    public Integer call() {
        Stop stop = Stop.onSignals();
        ApiSettings settings = ApiSettingsReader.read(target.configuration(), System.getenv());
        try (RunningApi api = RunningApi.start(target, port == null ? settings : settings.withPort(port))) {
            Terminal.answer().println("ready api=" + api.address());
            Terminal.answer().flush();
            stop.asked().join();
            Terminal.notice("Stopping");
            return ExitCode.DONE;
        }
    }
}
