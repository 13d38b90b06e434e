package io.weir.node;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Sockets as Linux lists them in {@code /proc/net/tcp} and {@code tcp6}, one a line: number, own and remote address,
 * state, queues, timer, retransmissions, user, timeout, inode.
 */
record TcpTable(List<String> lines) {

    private static final int OWN_ADDRESS = 1;
    private static final int REMOTE_ADDRESS = 2;
    private static final int STATE = 3;
    private static final int USER = 7;
    private static final int INODE = 9;

    private static final String ESTABLISHED = "01";

    /** A socket that its process has closed belongs to nobody, and is listed as root's. */
    private static final String NO_INODE = "0";

    /** How IPv6 writes an address of IPv4, before that address. */
    private static final String MAPPED = "0000000000000000FFFF0000";

    /** Returns whether a process of the user has a connection open from one address, of IPv4, to the other. */
    boolean isOf(int user, InetSocketAddress from, InetSocketAddress to) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE)
                .filter(fields -> isSame(fields[OWN_ADDRESS], from) && isSame(fields[REMOTE_ADDRESS], to))
                .anyMatch(fields -> fields[STATE].equals(ESTABLISHED)
                        && fields[USER].equals(Integer.toString(user))
                        && !fields[INODE].equals(NO_INODE));
    }

    private static boolean isSame(String listed, InetSocketAddress address) {
        String written = written(address);
        return listed.equals(written) || listed.equals(MAPPED + written);
    }

    /** The kernel writes the four bytes as one number of the machine. */
    private static String written(InetSocketAddress address) {
        int number = ByteBuffer.wrap(address.getAddress().getAddress())
                .order(ByteOrder.nativeOrder())
                .getInt();
        return String.format("%08X:%04X", number, address.getPort());
    }
}
