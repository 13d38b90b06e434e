package io.weir.query.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that somebody on this machine meant for it from those of a web page elsewhere, whose name an attacker
 * has let point here (DNS rebinding): a browser names the host that it believes to ask.
 */
final class HostCheck {

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private HostCheck() {}

    /** @param port of the server; it need not be told where it is the scheme's own */
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
