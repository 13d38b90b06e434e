package io.weir.query.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends raw requests, including invalid ones. */
public record RawHttp(URI server) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A response. */
    public record Reply(int status, Map<String, String> headers, String body) {}

    /** Sends a request line with the given headers, the correct Host, and no body. */
    public Reply send(String requestLine, String... headers) {
        return sendText(requestLine + "\r\nHost: " + server.getAuthority() + "\r\n"
                + String.join(
                        "",
                        List.of(headers).stream().map(header -> header + "\r\n").toList())
                + "Connection: close\r\n\r\n");
    }

    /** Sends the text unchanged. */
    public Reply sendText(String text) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The server may have refused the request before it was sent completely; the response shows that.
            }
            return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError("no reply to " + text.lines().findFirst().orElse(""), e);
        }
    }

    private static Reply parse(String reply) {
        int end = reply.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("this is no reply: " + reply);
        }
        String[] lines = reply.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": ?", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, reply.substring(end + 4));
    }
}
