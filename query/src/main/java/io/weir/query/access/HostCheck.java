package io.weir.query.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protects against DNS rebinding: a browser sends the host name that it believes to contact, so a Host header other
 * than this machine's shows that an attacker's name resolves to this machine.
 */
final class HostCheck {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private HostCheck() {}

    /** @param port the server's port; may be absent from the header if it is the scheme's default */
    static boolean isThisMachine(@Nullable String host, int port, boolean secure) {
        if (host == null) {
            return false;
        }
        String suffix = ":" + port;
        boolean tellsPort = host.endsWith(suffix);
        String name = tellsPort ? host.substring(0, host.length() - suffix.length()) : host;
        return (tellsPort || port == (secure ? 443 : 80)) && THIS_MACHINE.contains(name);
    }
}
