package io.weir.local.command;

import picocli.CommandLine.Option;

/** Options for the output format. */
final class Output {

    @Option(names = "--json", description = "Print only the result, as JSON.")
    private boolean json;

    boolean json() {
        return json;
    }
}
