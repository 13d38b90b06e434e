package io.weir.benchmarks.measured;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.weir.core.secret.SecretFile;
import io.weir.local.servers.PortChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
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

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String METRICS = "org.apache.cassandra.metrics:";
    private static final String STORAGE = "org.apache.cassandra.db:type=StorageService";

    private static final String AGENT = "com.sun.management.jmxremote.";
    private static final String HOST = "127.0.0.1";
    private static final String USER = "weir";

    private final JMXConnector connector;
    private final MBeanServerConnection node;

    private ManagedNode(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.node = connector.getMBeanServerConnection();
    }

    /**
     * Attaches to the node's process, which only its own user can do, and starts the JDK's management agent in it. The
     * agent listens on the loopback interface until the process ends, and asks for a generated password. The JDK's
     * local agent would need no password, but listens on all interfaces. A process can start one agent.
     *
     * @param files a directory for the agent's password, which only the user can read
     * @throws IOException if there is no such process, or it has an agent
     */
    @SuppressWarnings("BanJNDI") // the address is that of the agent
    public static ManagedNode of(long pid, Path files) throws IOException {
        String password = Long.toHexString(RANDOM.nextLong()) + Long.toHexString(RANDOM.nextLong());
        int port = PortChoice.any().take("the management agent", "none", notice -> {});
        start(
                pid,
                port,
                write(files.resolve("jmx.password"), password),
                write(files.resolve("jmx.access"), "readwrite"));
        String address = "service:jmx:rmi:///jndi/rmi://" + HOST + ":" + port + "/jmxrmi";
        return new ManagedNode(JMXConnectorFactory.connect(
                new JMXServiceURL(address), Map.of(JMXConnector.CREDENTIALS, new String[] {USER, password})));
    }

    private static void start(long pid, int port, Path passwords, Path access) throws IOException {
        Properties agent = new Properties();
        agent.setProperty(AGENT + "host", HOST);
        agent.setProperty(AGENT + "port", Integer.toString(port));
        agent.setProperty(AGENT + "rmi.port", Integer.toString(port));
        agent.setProperty(AGENT + "ssl", "false");
        agent.setProperty(AGENT + "password.file", passwords.toString());
        agent.setProperty(AGENT + "access.file", access.toString());
        try {
            VirtualMachine attached = VirtualMachine.attach(Long.toString(pid));
            try {
                attached.startManagementAgent(agent);
            } finally {
                attached.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + pid + " is not a Java process of this user: " + e.getMessage(), e);
        }
    }

    private static Path write(Path file, String ofUser) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(SecretFile.OWNER_ONLY));
        return Files.writeString(file, USER + " " + ofUser + "\n").toAbsolutePath();
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
