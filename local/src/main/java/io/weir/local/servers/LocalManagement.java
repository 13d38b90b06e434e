package io.weir.local.servers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;

/**
 * Lets processes of the same user manage this JVM over JMX, on the loopback interface only; the JDK's local agent would
 * listen on all interfaces. The address contains a random number and is a property of this JVM, which only its own user
 * can read.
 *
 * <p>Needs nothing but the JDK.
 */
final class LocalManagement {

    private static final String PROPERTY = "weir.child.management";

    /** Read by {@code io.weir.storage.sstable.NodeImport}. */
    private static final String ADDRESS = "weir.child.management.address";

    private static final int BACKLOG = 10;

    private static final RMIServerSocketFactory LOOPBACK =
            port -> new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());

    /** Keeps the server from being garbage-collected. */
    private static final List<JMXConnectorServer> STARTED = new CopyOnWriteArrayList<>();

    private LocalManagement() {}

    /** Starts the server if the property is true. */
    static void startFromProperty() throws IOException {
        if (!Boolean.getBoolean(PROPERTY)) {
            return;
        }
        System.setProperty("java.rmi.server.randomIDs", "true"); // unguessable object ids
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "127.0.0.1", 0),
                Map.of(
                        RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE,
                        LOOPBACK,
                        RMIConnectorServer.CREDENTIALS_FILTER_PATTERN,
                        String.class.getName() + ";!*"),
                ManagementFactory.getPlatformMBeanServer());
        server.start();
        STARTED.add(server);
        System.setProperty(ADDRESS, server.getAddress().toString());
    }
}
