package io.weir.node;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import org.apache.cassandra.auth.IInternodeAuthenticator;
import org.apache.cassandra.config.DatabaseDescriptor;
import org.apache.cassandra.exceptions.ConfigurationException;
import org.apache.cassandra.utils.FBUtilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does not let processes of other users speak to an embedded node as if they were nodes. Nodes trust each other, so
 * that such a process could read and write all tables without a password. The node itself has to be let in: for some
 * requests, such as TRUNCATE, it connects to its own port.
 *
 * <p>The kernel tells whose socket is at the other end. Where it does not, on other systems than Linux, all are let in.
 */
public final class OwnUserOnly implements IInternodeAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(OwnUserOnly.class);

    private static final Path SELF = Path.of("/proc/self");
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    @Override
    public boolean authenticate(
            InetAddress address, int port, Certificate[] certificates, InternodeConnectionDirection direction) {
        if (direction != InternodeConnectionDirection.INBOUND || !Files.exists(TABLES.get(0))) {
            return true;
        }
        InetSocketAddress client = new InetSocketAddress(address, port);
        InetSocketAddress node =
                new InetSocketAddress(FBUtilities.getJustLocalAddress(), DatabaseDescriptor.getStoragePort());
        try {
            int user = (int) Files.getAttribute(SELF, "unix:uid");
            for (Path table : TABLES) {
                if (Files.exists(table) && new TcpTable(Files.readAllLines(table)).isOf(user, client, node)) {
                    return true;
                }
            }
        } catch (IOException e) {
            LOG.error("cannot find out whose process at {} speaks to this node; it is not let in", client, e);
        }
        return false;
    }

    @Override
    public void validateConfiguration() throws ConfigurationException {
        if (!(FBUtilities.getJustLocalAddress() instanceof Inet4Address)) {
            throw new ConfigurationException("listen_address is " + FBUtilities.getJustLocalAddress()
                    + "; expected an IPv4 address, for which the kernel's table of sockets is read");
        }
    }
}
