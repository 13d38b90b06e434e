package io.weir.storage.sstable;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a Cassandra node beside those of the application, which has other versions of many of their libraries:
 * neither sees the other's. What they share is the JDK, the log and {@link SSTableWriter}.
 */
final class NodeClasses extends URLClassLoader {

    private static final String WRITER = "io.weir.sstables.CassandraSSTableWriter";

    /** By their jars: they register themselves in the JVM, and so are loaded once. */
    private static final Map<String, SSTableWriter> LOADED = new HashMap<>();

    private NodeClasses(URL[] jars) {
        super("cassandra-node", jars, new Shared());
    }

    /**
     * Returns a writer that is made of these jars, and lives as long as the process.
     *
     * @param jars of a node and of the module {@code sstables}, separated as in a class path
     * @throws IOException if they hold no such writer
     */
    static synchronized SSTableWriter writerOf(String jars) throws IOException {
        SSTableWriter loaded = LOADED.get(jars);
        if (loaded == null) {
            loaded = load(jars);
            LOADED.put(jars, loaded);
        }
        return loaded;
    }

    @SuppressWarnings("resource") // its classes are used for as long as the writer is
    private static SSTableWriter load(String jars) throws IOException {
        NodeClasses classes = new NodeClasses(urls(jars));
        try {
            return Class.forName(WRITER, true, classes)
                    .asSubclass(SSTableWriter.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new IOException("the jars hold no " + WRITER + " that works: " + e, e);
        }
    }

    private static URL[] urls(String jars) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars.split(File.pathSeparator, -1)) {
            urls.add(Path.of(jar).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** What the node's classes get from the application. */
    private static final class Shared extends ClassLoader {

        private static final String LOG = "org.slf4j.";

        Shared() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith(LOG) || name.equals(SSTableWriter.class.getName())) {
                return Class.forName(name, false, NodeClasses.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
