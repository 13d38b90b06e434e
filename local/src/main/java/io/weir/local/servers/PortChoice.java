package io.weir.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * Chooses the loopback port of a server: the preferred port, or another one if it is busy and not required.
 *
 * @param preferred the preferred port; 0 for any free port
 * @param insisted whether a busy port is an error
 */
public record PortChoice(int preferred, boolean insisted) {
    private static final int PROBE_MILLIS = 1_000;

    /** Above most registered ports. */
    private static final int FIRST_FREE = 20_000;

    /** The first ephemeral port on Linux; other systems begin higher. */
    private static final int FIRST_OF_CONNECTIONS = 32_768;

    private static final int TRIES = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    public PortChoice {
        if (preferred < 0 || preferred > 65_535) {
            throw new IllegalArgumentException("port " + preferred + " is not between 0 and 65535");
        }
    }

    /** Chooses any free port. */
    public static PortChoice any() {
        return new PortChoice(0, false);
    }

    /** Chooses this port, or any free port if it is busy. */
    public static PortChoice preferring(int port) {
        return new PortChoice(port, false);
    }

    /** Requires this port; {@link #take} throws an {@link UnavailableException} if it is busy. */
    public static PortChoice exactly(int port) {
        return new PortChoice(port, true);
    }

    /**
     * Returns a port that is currently free.
     *
     * @param server the name of the server, for messages
     * @param option the option that sets the port, for messages
     * @param notices receives a notice if the port is not the preferred one
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
                            + " choose another port with " + option + " (0 for any free port).");
        }
        int port = free();
        notices.accept("Port " + preferred + " for " + server + " is in use; using " + port + " instead.");
        return port;
    }

    /**
     * Returns a random port that is currently free. Another server may take it before it is used, which is reported to
     * the user. An outgoing connection cannot take it, because ephemeral ports are higher.
     */
    static int free() {
        return RANDOM.ints(FIRST_FREE, FIRST_OF_CONNECTIONS)
                .limit(TRIES)
                .filter(PortChoice::isFree)
                .findFirst()
                .orElseThrow(() -> new UnavailableException("None of " + TRIES + " ports tried from " + FIRST_FREE + ""
                        + " to " + (FIRST_OF_CONNECTIONS - 1) + " on the loopback interface is free"));
    }

    /** Returns whether something accepts connections on the port. */
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
