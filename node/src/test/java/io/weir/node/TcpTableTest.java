package io.weir.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpTableTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 0xC001);
    private static final InetSocketAddress NODE = new InetSocketAddress("127.0.0.1", 7000);

    @ParameterizedTest
    @CsvSource({
        "own, 0100007F:C001, 0100007F:1B58, 01, 1000, 4711, true",
        "by IPv6, 0000000000000000FFFF00000100007F:C001, 0000000000000000FFFF00000100007F:1B58, 01, 1000, 4711, true",
        "of another user, 0100007F:C001, 0100007F:1B58, 01, 1001, 4711, false",
        "from another port, 0100007F:C002, 0100007F:1B58, 01, 1000, 4711, false",
        "from another address, 0200007F:C001, 0100007F:1B58, 01, 1000, 4711, false",
        "to another port, 0100007F:C001, 0100007F:1B59, 01, 1000, 4711, false",
        "to another address, 0100007F:C001, 0200007F:1B58, 01, 1000, 4711, false",
        "the node's own end, 0100007F:1B58, 0100007F:C001, 01, 1000, 4711, false",
        "half closed, 0100007F:C001, 0100007F:1B58, 05, 1000, 4711, false",
        "closed by its process, 0100007F:C001, 0100007F:1B58, 01, 1000, 0, false"
    })
    void tellsWhoseConnectionItIs(
            String which, String own, String remote, String state, int user, int inode, boolean expected) {
        String line = "   7: " + own + " " + remote + " " + state + " 00000000:00000000 02:000A1F5C 00000000  " + user
                + "        0 " + inode + " 2 0000000000000000 20 4 30 10 -1";
        TcpTable table = new TcpTable(List.of("  sl  local_address rem_address   st tx_queue rx_queue tr", line));
        assertThat(table.isOf(1000, CLIENT, NODE)).as(which).isEqualTo(expected);
    }

    @Test
    void anEmptyTableHasNone() {
        assertThat(new TcpTable(List.of("", "  sl  local_address")).isOf(0, CLIENT, NODE))
                .isFalse();
    }
}
