package io.weir.local.command.terminal;

import picocli.CommandLine.Option;

/** Options for the output format. */
public final class Output {

    @Option(names = "--json", description = "Print only the result, as JSON.")
    private boolean json;

    public boolean json() {
        return json;
    }
}
