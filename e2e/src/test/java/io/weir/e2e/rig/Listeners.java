package io.weir.e2e.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the TCP sockets on which a process of this machine listens, by Linux's /proc. */
public final class Listeners {

    private static final String LISTENS = "0A";

    private static final Set<String> LOOPBACK = Set.of(
            "0100007F", // 127.0.0.1
            "0000000000000000FFFF00000100007F", // 127.0.0.1 mapped to IPv6
            "00000000000000000000000001000000"); // ::1

    private Listeners() {}

    /** Returns the addresses and ports that are reachable from other machines, in hexadecimal digits. */
    public static List<String> beyondLoopback(long pid) throws IOException {
        return all(pid).stream()
                .filter(address -> !LOOPBACK.contains(address.substring(0, address.indexOf(':'))))
                .toList();
    }

    /** Returns all addresses and ports, in hexadecimal digits. */
    public static List<String> all(long pid) throws IOException {
        Set<String> sockets = sockets(pid);
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split(" +"))
                    .filter(fields -> fields[3].equals(LISTENS) && sockets.contains("socket:[" + fields[9] + "]"))
                    .forEach(fields -> found.add(fields[1]));
        }
        return found;
    }

    /** Returns the port of an address and port. */
    public static int port(String listener) {
        return Integer.parseInt(listener.substring(listener.indexOf(':') + 1), 16);
    }

    private static Set<String> sockets(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // It was closed in the meantime.
                }
            }
        }
        return sockets;
    }
}
