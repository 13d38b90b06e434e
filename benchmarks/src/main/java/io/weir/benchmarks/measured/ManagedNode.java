package io.weir.benchmarks.measured;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** An embedded Cassandra, accessed over JMX. Counts are since the start of the node. */
public final class ManagedNode implements AutoCloseable {

    private static final String METRICS = "org.apache.cassandra.metrics:";
    private static final String STORAGE = "org.apache.cassandra.db:type=StorageService";

    private final JMXConnector connector;
    private final MBeanServerConnection node;

    private ManagedNode(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.node = connector.getMBeanServerConnection();
    }

    /**
     * Attaches to the node's process, which only its own user can do, and starts the JDK's local agent in it. The agent
     * closes connections from other machines. Only the user can read its address, which cannot be guessed.
     *
     * @throws IOException if there is no such process
     */
    @SuppressWarnings("BanJNDI") // the address comes from a process of this user
    public static ManagedNode of(long pid) throws IOException {
        return new ManagedNode(JMXConnectorFactory.connect(new JMXServiceURL(addressIn(pid))));
    }

    private static String addressIn(long pid) throws IOException {
        try {
            VirtualMachine attached = VirtualMachine.attach(Long.toString(pid));
            try {
                return attached.startLocalManagementAgent();
            } finally {
                attached.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + pid + " is not a Java process of this user: " + e.getMessage(), e);
        }
    }

    /** Returns the number of write requests of all clients. A batch is one request. */
    public long writeRequests() throws IOException {
        return number(METRICS + "type=ClientRequest,scope=Write,name=Latency", "Count");
    }

    /** Returns the number of read requests of all clients. */
    public long readRequests() throws IOException {
        return number(METRICS + "type=ClientRequest,scope=Read,name=Latency", "Count");
    }

    /** Returns the number of mutations: the writes of a request to one partition key, in one or several tables. */
    public long mutations() throws IOException {
        return number(METRICS + "type=ThreadPools,path=request,scope=MutationStage,name=CompletedTasks", "Value");
    }

    /** Flushes and compacts all tables of a keyspace, and returns when done. */
    public void compact(String keyspace) throws IOException {
        String[] allTables = {};
        boolean splitOutput = false;
        invoke("forceKeyspaceFlush", new Object[] {keyspace, allTables}, String.class, String[].class);
        invoke(
                "forceKeyspaceCompaction",
                new Object[] {splitOutput, keyspace, allTables},
                boolean.class,
                String.class,
                String[].class);
    }

    /** Returns the live size of the SSTables of some tables, in bytes. */
    public long bytesOnDisk(String keyspace, Set<String> tables) throws IOException {
        long bytes = 0;
        for (String table : tables) {
            bytes += number(
                    METRICS + "type=Table,keyspace=" + keyspace + ",scope=" + table + ",name=LiveDiskSpaceUsed",
                    "Count");
        }
        return bytes;
    }

    private long number(String bean, String attribute) throws IOException {
        try {
            Object found = node.getAttribute(new ObjectName(bean), attribute);
            if (found instanceof Number number) {
                return number.longValue();
            }
            throw new IOException("the node's " + attribute + " of " + bean + " is not a number: " + found);
        } catch (JMException | JMRuntimeException e) {
            throw new IOException("the node does not provide the " + attribute + " of " + bean + ": " + e, e);
        }
    }

    private void invoke(String operation, Object[] arguments, Class<?>... types) throws IOException {
        String[] signature = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            signature[i] = types[i].getName();
        }
        try {
            node.invoke(new ObjectName(STORAGE), operation, arguments, signature);
        } catch (JMException | JMRuntimeException e) {
            throw new IOException("the node failed to " + operation + ", see its log: " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
