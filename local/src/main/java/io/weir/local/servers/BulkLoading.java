package io.weir.local.servers;

import java.nio.file.Path;
import java.util.Map;

/** How a pipeline loads many rows at once into an embedded node: the settings {@code weir.cassandra.bulk}. */
public final class BulkLoading {

    private BulkLoading() {}

    /**
     * Returns the settings, as Spark takes them.
     *
     * @param home the checkout, with the project built
     * @param directory for SSTables on their way, beside the node's own
     */
    public static Map<String, String> into(EmbeddedCassandra node, Path home, Path directory) {
        String jars = ModuleJar.of(home, "sstables")
                + System.getProperty("path.separator")
                + ServerFiles.of(home, "cassandra").classpath();
        return Map.of(
                "spark.weir.cassandra.bulk.node", Long.toString(node.process().pid()),
                "spark.weir.cassandra.bulk.jars", jars,
                "spark.weir.cassandra.bulk.directory",
                        directory.toAbsolutePath().toString());
    }
}
