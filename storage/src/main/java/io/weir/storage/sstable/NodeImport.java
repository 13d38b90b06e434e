package io.weir.storage.sstable;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks a node of this machine to import SSTables, as {@code nodetool import} does. Thread-safe. */
final class NodeImport implements AutoCloseable {

    /**
     * Where an embedded node is managed, on the loopback interface. The JDK's local agent listens on all interfaces.
     */
    private static final String ADDRESS = "weir.child.management.address";

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
     * Attaches to the node's process, which only its own user can do.
     *
     * @throws IOException if there is none, or it does not let this process in
     */
    @SuppressWarnings("BanJNDI") // no name is looked up for anyone: the address is that of a process of this user
    static NodeImport into(long process) throws IOException {
        return new NodeImport(JMXConnectorFactory.connect(new JMXServiceURL(addressIn(process))));
    }

    private static String addressIn(long process) throws IOException {
        try {
            VirtualMachine attached = VirtualMachine.attach(Long.toString(process));
            try {
                String address = attached.getSystemProperties().getProperty(ADDRESS);
                return address == null ? attached.startLocalManagementAgent() : address;
            } finally {
                attached.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(
                    "process " + process + " is no Java process of this user, or does not answer: " + e.getMessage(),
                    e);
        }
    }

    /** Returns the id by which the node's cluster knows it. */
    String hostId() throws IOException {
        return String.valueOf(attribute("org.apache.cassandra.db:type=StorageService", "LocalHostId"));
    }

    /**
     * Requires that the node's cluster has no other node, also none that is about to join. What is imported is not sent
     * to one that joins, and belongs to it once it has joined.
     *
     * @throws IOException if there is another node
     */
    void requireAlone() throws IOException {
        String storage = "org.apache.cassandra.db:type=StorageService";
        int nodes = 0;
        for (String known : List.of("LiveNodes", "UnreachableNodes")) {
            nodes += ((List<?>) attribute(storage, known)).size();
        }
        if (nodes != 1) {
            throw new IOException("the node's cluster has, or is about to have, " + nodes + " nodes, expected one");
        }
    }

    /** Returns the directories in which the node keeps the table's data. */
    List<Path> dataDirectories(String keyspace, String table) throws IOException {
        List<?> paths = (List<?>) attribute(nameOf(keyspace, table), "DataPaths");
        return paths.stream().map(path -> Path.of(String.valueOf(path))).toList();
    }

    /**
     * Moves the SSTables of a directory into the table, and returns when readers see them.
     *
     * @throws IOException if the node does not take them, or is not there
     */
    void take(Path directory, String keyspace, String table) throws IOException {
        // These two are so already, and to write them again, which the node does not sync, would undo our sync.
        boolean resetLevel = false;
        boolean clearRepaired = false;
        boolean verify = false; // they have been written a moment ago
        boolean verifyTokens = false; // the node has all of them
        boolean invalidateCaches = false; // rows are cached nowhere
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
            ObjectName name = new ObjectName(nameOf(keyspace, table));
            List<?> failed = (List<?>) node.invoke(name, "importNewSSTables", arguments, SIGNATURE);
            if (!failed.isEmpty()) {
                throw new IOException("the node has not imported " + failed + ": see its log");
            }
        } catch (JMException | JMRuntimeException e) {
            throw new IOException("the node has refused to import " + directory + ", see its log: " + e, e);
        }
    }

    private Object attribute(String of, String attribute) throws IOException {
        try {
            return node.getAttribute(new ObjectName(of), attribute);
        } catch (JMException | JMRuntimeException e) {
            throw new IOException("the node does not tell the " + attribute + " of " + of + ": " + e, e);
        }
    }

    private static String nameOf(String keyspace, String table) {
        return "org.apache.cassandra.db:type=Tables,keyspace=" + keyspace + ",table=" + table;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The node has gone before.
        }
    }
}
