package io.weir.local.command.terminal;

import picocli.CommandLine.IVersionProvider;

/** The version of Weir, as the manifest of the jar says it. */
public final class Version implements IVersionProvider {

    /** Returns the version; {@code development} for classes that are not in a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"weir " + current()};
    }
}
