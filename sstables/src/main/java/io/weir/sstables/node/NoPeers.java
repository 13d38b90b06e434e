package io.weir.sstables.node;

import java.net.InetAddress;
import java.security.cert.Certificate;
import org.apache.cassandra.auth.IInternodeAuthenticator;

/**
 * Lets no other node speak to an embedded one, which is alone in its ring. Nodes trust each other: a process that spoke as
 * one could read and write all tables without a password.
 */
public final class NoPeers implements IInternodeAuthenticator {

    @Override
    public boolean authenticate(
            InetAddress address, int port, Certificate[] certificates, InternodeConnectionDirection direction) {
        return false;
    }

    @Override
    public void validateConfiguration() {
        // There is nothing to configure.
    }
}
