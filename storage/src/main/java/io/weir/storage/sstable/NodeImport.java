package io.weir.storage.sstable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks a node of this machine to import SSTables, as {@code nodetool import} does. Thread-safe. */
final class NodeImport implements AutoCloseable {

    private static final String[] SIGNATURE = {
        Set.class.getName(), "boolean", "boolean", "boolean", "boolean", "boolean", "boolean", "boolean"
    };

    private final JMXConnector connector;
    private final MBeanServerConnection node;

    private NodeImport(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.node = connector.getMBeanServerConnection();
    }

    /**
     * Connects to the node's JMX server.
     *
     * @param url as the node's own JVM has given it
     */
    @SuppressWarnings("BanJNDI") // no name is looked up for anyone: the address is that of a process of this user
    static NodeImport connect(String url) throws IOException {
        return new NodeImport(JMXConnectorFactory.connect(new JMXServiceURL(url)));
    }

    /**
     * Moves the SSTables of a directory into the table, and returns when readers see them.
     *
     * @throws IOException if the node does not take them, or is not there
     */
    void take(Path directory, String keyspace, String table) throws IOException {
        boolean resetLevel = true;
        boolean clearRepaired = true;
        boolean verify = false; // they have been written a moment ago
        boolean verifyTokens = false;
        boolean invalidateCaches = false;
        boolean extendedVerify = false;
        boolean copy = false;
        Object[] arguments = {
            Set.of(directory.toString()),
            resetLevel,
            clearRepaired,
            verify,
            verifyTokens,
            invalidateCaches,
            extendedVerify,
            copy
        };
        try {
            List<?> failed = (List<?>) node.invoke(nameOf(keyspace, table), "importNewSSTables", arguments, SIGNATURE);
            if (!failed.isEmpty()) {
                throw new IOException("the node has not imported " + failed + ": see its log");
            }
        } catch (JMException e) {
            throw new IOException("the node has refused to import " + directory + ": " + e, e);
        }
    }

    /** Returns the directories in which the node keeps the table's data. */
    List<Path> dataDirectories(String keyspace, String table) throws IOException {
        try {
            List<?> paths = (List<?>) node.getAttribute(nameOf(keyspace, table), "DataPaths");
            return paths.stream().map(path -> Path.of(String.valueOf(path))).toList();
        } catch (JMException e) {
            throw new IOException("the node does not say where it keeps " + keyspace + "." + table + ": " + e, e);
        }
    }

    private static ObjectName nameOf(String keyspace, String table) throws JMException {
        return new ObjectName("org.apache.cassandra.db:type=Tables,keyspace=" + keyspace + ",table=" + table);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
