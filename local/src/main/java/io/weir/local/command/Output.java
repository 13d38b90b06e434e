package io.weir.local.command;

import picocli.CommandLine.Option;

/** How a command shows its answer. */
final class Output {

    @Option(names = "--json", description = "Print the answer, and nothing else, as JSON.")
    private boolean json;

    boolean json() {
        return json;
    }
}
