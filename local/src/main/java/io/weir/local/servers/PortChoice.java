package io.weir.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * Which loopback port a server takes: the one asked for, or another one when that is busy and the user did
 * not insist.
 *
 * @param preferred the port asked for; 0 for any free one
 * @param insisted whether a busy port is an error
 */
public record PortChoice(int preferred, boolean insisted) {
    private static final int PROBE_MILLIS = 1_000;

    /** Above most ports that services are known by. */
    private static final int FIRST_FREE = 20_000;

    /** Linux gives ports from here on to outgoing connections, others from higher ones. */
    private static final int FIRST_OF_CONNECTIONS = 32_768;

    private static final int TRIES = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    public PortChoice {
        if (preferred < 0 || preferred > 65_535) {
            throw new IllegalArgumentException("port " + preferred + " is not between 0 and 65535");
        }
    }

    /** Any free port. */
    public static PortChoice any() {
        return new PortChoice(0, false);
    }

    /** This port, or any free one when it is busy. */
    public static PortChoice preferring(int port) {
        return new PortChoice(port, false);
    }

    /** This port; when it is busy, a {@link UnavailableException}. */
    public static PortChoice exactly(int port) {
        return new PortChoice(port, true);
    }

    /**
     * Settles on a port that is free now.
     *
     * @param server who will listen, for the messages
     * @param option the option that sets the port, for the messages
     * @param notices is told when another port than the preferred one is taken
     */
    public int take(String server, String option, Consumer<String> notices) {
        if (preferred == 0) {
            return free();
        }
        if (isFree(preferred)) {
            return preferred;
        }
        if (insisted) {
            throw new UnavailableException(
                    "Port " + preferred + " for " + server + " is in use. Stop what listens on it, or"
                            + " choose another with " + option + " (0 takes any free one).");
        }
        int port = free();
        notices.accept("Port " + preferred + " for " + server + " is in use; taking " + port + " instead.");
        return port;
    }

    /**
     * A port that is free now, chosen at random. By the time it is used another server may have it, which the user will be
     * told; a connection will not, since systems take the ports of those from above.
     */
    static int free() {
        return RANDOM.ints(FIRST_FREE, FIRST_OF_CONNECTIONS)
                .limit(TRIES)
                .filter(PortChoice::isFree)
                .findFirst()
                .orElseThrow(() -> new UnavailableException("Of " + TRIES + " ports from " + FIRST_FREE + " to "
                        + (FIRST_OF_CONNECTIONS - 1) + " on the loopback interface none is free"));
    }

    /** Whether something accepts connections there. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
