package io.weir.core;

import java.nio.file.Path;

/** Where the sources are. */
public final class Modules {

    /** Surefire tells the directory of the module; an IDE that does not usually starts in that of the checkout. */
    public static final Path CORE =
            Path.of(System.getProperty("basedir", "core")).toAbsolutePath();

    private Modules() {}
}
