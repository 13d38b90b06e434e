package io.weir.query.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.query.api.http.QueryText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    @ParameterizedTest
    @CsvSource({
        "search=%zz, search=%zz",
        "a=1&from=%z1&b=%zz, from=%z1",
        "limit=%, limit=%",
        "limit=%2, limit=%2",
        "%e9=1, %e9=1",
        "search=B%fcro, search=B%fcro",
        "search=%c0%ae, search=%c0%ae",
        "search=%ed%a0%80, search=%ed%a0%80"
    })
    void isFound(String query, String undecodable) {
        assertThat(QueryText.firstUndecodable(query)).hasValue(undecodable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "&", "search=B%C3%bcro+1", "search=%F0%9F%98%80&x", "search=B\u00fcro%20", "a%3D=%25zz"})
    void othersAreDecodable(String query) {
        assertThat(QueryText.firstUndecodable(query)).isEmpty();
    }

    @Test
    void noQueryIsDecodable() {
        assertThat(QueryText.firstUndecodable(null)).isEmpty();
    }

    @Test
    void theApiRefusesWhatItCannotDecode() throws Exception {
        try (ServedLists served = ServedLists.start(List.of())) {
            assertThat(get(served, "/api/v1/groups?search=%zz"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"parameter\":\"search\"", "found \\\"search=%zz\\\"");
            assertThat(get(served, "/api/v1/groups?search=%25zz")).startsWith("HTTP/1.1 200 ");
        }
    }

    /** A client that does not repair the address. */
    private static String get(ServedLists served, String path) throws IOException {
        int port = served.server.address().getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
