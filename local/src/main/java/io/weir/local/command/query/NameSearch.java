package io.weir.local.command.query;

import java.util.Locale;
import picocli.CommandLine.Option;

/** An option that selects names by a part of them. */
final class NameSearch {

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description = "Only names that contain this text, in upper or lower case.")
    private String text = "";

    boolean matches(String name) {
        return name.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
