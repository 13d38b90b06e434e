package io.weir.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of Weir: dispatches to the commands. */
@Command(
        name = "weir",
        description = "Measures a stream of IoT readings exactly: Kafka, Spark Structured Streaming, Cassandra.",
        mixinStandardHelpOptions = true,
        versionProvider = Weir.Version.class)
public final class Weir {
    private Weir() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Weir()).execute(args));
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weir " + Weir.class.getPackage().getImplementationVersion()};
        }
    }
}
