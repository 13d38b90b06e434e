package io.weir.core.fold.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.simulation.Verdict;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A runnable mutant: its source is compiled into a directory and loaded by a separate class loader, together with its
 * own copy of the simulation.
 */
final class MutantEngine implements AutoCloseable {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final URLClassLoader classes;
    private final LongFunction<?> verdict;

    MutantEngine(Mutant mutant, Path directory) throws IOException, ReflectiveOperationException {
        compile(mutant.write(directory), directory);
        classes = new URLClassLoader(withFirst(directory), ClassLoader.getPlatformClassLoader());
        verdict = (LongFunction<?>)
                classes.loadClass(Verdict.class.getName()).getConstructor().newInstance();
    }

    /** Simulates one life and returns the result of {@link Verdict}. */
    String simulate(long seed) {
        return (String) verdict.apply(seed);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }

    private static void compile(Path source, Path directory) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-cp", CLASS_PATH, "-d", directory.toString());
        var sources = compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source);
        StringWriter messages = new StringWriter();
        boolean compiled =
                compiler.getTask(messages, null, null, options, null, sources).call();
        assertThat(compiled).as("a mutant must compile: %s", messages).isTrue();
    }

    private static URL[] withFirst(Path directory) throws MalformedURLException {
        String[] entries = (directory + File.pathSeparator + CLASS_PATH).split(File.pathSeparator);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return urls;
    }
}
