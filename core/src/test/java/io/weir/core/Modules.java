package io.weir.core;

import java.nio.file.Path;

/** The directories of the sources. */
public final class Modules {

    /**
     * The directory of this module: set by Surefire; IDEs that do not set it usually run in the root of the checkout.
     */
    public static final Path CORE =
            Path.of(System.getProperty("basedir", "core")).toAbsolutePath();

    private Modules() {}
}
