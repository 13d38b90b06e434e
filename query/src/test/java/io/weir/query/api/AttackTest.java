package io.weir.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.port.Ledger;
import io.weir.core.reading.Reading;
import io.weir.query.access.Access;
import io.weir.query.access.AccessControl;
import io.weir.query.access.AccessScope;
import io.weir.query.access.Caller;
import io.weir.storage.ledger.SourceLedger;
import io.weir.storage.raw.RawReading;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients exhaust the server over real connections; it must keep answering health checks. */
class AttackTest {

    private static final int CLIENTS = 300; // more than Jetty has threads by default
    private static final int HOURS = 9000;
    private static final int MAX_HEALTH_MILLIS =
            10_000; // on a machine with much else to do; without limits, it takes 30 seconds or more

    private static final AccessControl ONE_TOKEN = new AccessControl() {
        @Override
        public Caller authenticate(@Nullable String authorization, String remoteAddress) {
            return new Caller("reader", AccessScope.READ, null);
        }

        @Override
        public boolean isRequired() {
            return true;
        }
    };

    @Test
    void slowReadersDelayNoOtherClient() throws Exception {
        Map<String, String> quick = Map.of(
                "WEIR_API_LOAD_SEND_GRACE", "2 s",
                "WEIR_API_LOAD_MIN_SEND_RATE", "1 MiB",
                "WEIR_API_LOAD_MAX_REQUESTS_PER_CALLER", "8");
        try (ServedLists served = ServedLists.start(manyHours(), ONE_TOKEN, quick);
                Clients clients = new Clients(served)) {
            String request = "GET " + largeQuestion() + " HTTP/1.1\r\nHost: " + clients.host() + "\r\n\r\n";
            for (int i = 0; i < CLIENTS; i++) {
                clients.connect(request);
            }

            assertHealthy(served, "slow readers");

            assertThat(clients.statuses(429)).as("refused").isGreaterThan(CLIENTS / 2);
            // All slots of the token stay taken until the server disconnects their holders.
            awaitBody(
                    served,
                    "/metrics",
                    "weir_api_refused_total{why=\"min-send-rate\"} " + clients.statuses(200) + ".0");
            assertThat(served.get("/metrics").body())
                    .contains("weir_api_refused_total{why=\"max-requests-per-caller\"}");
            assertThat(clients.awaitDisconnected(200)).as("answered").isPositive();
        }
    }

    @Test
    void slowBodiesDelayNoOtherClient() throws Exception {
        try (ServedLists served =
                        ServedLists.start(List.of(), Access.open(), Map.of("WEIR_API_LOAD_BODY_LIMIT", "3 s"));
                Clients clients = new Clients(served)) {
            String request = "POST /api/v1/rejected/redrive HTTP/1.1\r\nHost: " + clients.host()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
            for (int i = 0; i < CLIENTS; i++) {
                clients.connect(request);
            }

            assertHealthy(served, "slow bodies");

            awaitAnswer(served);
            assertThat(clients.awaitDisconnected(0)).isEqualTo(CLIENTS);
        }
    }

    @Test
    void idleConnectionsDelayNoOtherClient() throws Exception {
        int most = 200; // more than the answers and event streams that may be under way
        Map<String, String> few = Map.of("WEIR_API_LOAD_MAX_CONNECTIONS", Integer.toString(most));
        try (ServedLists served = ServedLists.start(List.of(), Access.open(), few);
                Clients clients = new Clients(served)) {
            for (int i = 0; i < most + CLIENTS; i++) {
                clients.connect(i % 2 == 0 ? "" : "GET /api/v1/groups HTTP/1.1\r\nHost: " + clients.host());
            }

            assertHealthy(served, "open connections");

            assertThat(served.get("/metrics").body()).contains("weir_api_refused_total{why=\"max-connections\"}");
            assertThat(clients.awaitCountDisconnected(CLIENTS)).isBetween((long) CLIENTS, CLIENTS + 10L);
        }
    }

    @Test
    void streamsOfUnknownSeriesHaveABoundedCost() throws Exception {
        List<RawReading> one = List.of(new RawReading(new Reading("d", "g", "m", 1_000_000_000_000L, 1.5), 1, 0));
        ScheduledExecutorService pipeline = Executors.newSingleThreadScheduledExecutor();
        try (ServedLists served = ServedLists.live(one, Map.of());
                Clients clients = new Clients(served)) {
            SourceLedger ledger = served.tables.ledgers.get(0);
            long[] stored = {1};
            pipeline.scheduleAtFixedRate(
                    () -> {
                        long n = ++stored[0];
                        served.tables.ledgers.set(
                                0, new SourceLedger(ledger.id(), null, new Ledger(n, n, n, 0, Map.of())));
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            int perStream = 50;
            for (int i = 0; i < 100; i++) {
                clients.connect("GET /api/v1/stream?" + madeUp(i, perStream) + " HTTP/1.1\r\nHost: " + clients.host()
                        + "\r\nAccept: text/event-stream\r\n\r\n");
            }
            long before = served.tables.rollupReads.get();
            long begin = System.nanoTime();
            assertHealthy(served, "streams");
            double seconds = (System.nanoTime() - begin) / 1e9;
            double rate = (served.tables.rollupReads.get() - before) / seconds;
            System.out.printf("streams: %.0f reads of rollups a second%n", rate);

            assertThat(clients.statuses(503)).as("refused").isEqualTo(90);
            assertThat(rate).isLessThan(500 * 1.5);
        } finally {
            pipeline.shutdownNow();
        }
    }

    /** Checks health during the attack, and for some seconds. */
    private static void assertHealthy(ServedLists served, String attack) throws Exception {
        List<Long> millis = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            int status;
            try {
                status = served.get("/health/live").statusCode();
            } catch (IOException e) {
                status = 0;
            }
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            assertThat(status).as("%s, health after %s ms", attack, millis).isEqualTo(200);
        }
        millis.sort(null);
        System.out.printf(
                "%s: /health/live median %d ms, slowest %d ms of %d%n",
                attack, millis.get(millis.size() / 2), millis.get(millis.size() - 1), millis.size());
        assertThat(millis.get(millis.size() - 1)).as(attack).isLessThan(MAX_HEALTH_MILLIS);
    }

    private static void awaitAnswer(ServedLists served) throws Exception {
        awaitBody(served, "/api/v1/groups", "\"groups\"");
    }

    private static void awaitBody(ServedLists served, String path, String expected) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        String body = "";
        while (!body.contains(expected)) {
            assertThat(System.nanoTime())
                    .as("expected %s, still answered with %s", expected, body)
                    .isLessThan(end);
            body = served.get(path).body();
        }
    }

    private static List<RawReading> manyHours() {
        List<RawReading> readings = new ArrayList<>();
        for (int i = 0; i < HOURS; i++) {
            long time = ServedLists.NOW.minus(Duration.ofHours(HOURS - i)).toEpochMilli();
            readings.add(new RawReading(new Reading("d", "g", "m", time, i / 7.0), 1, i));
        }
        return readings;
    }

    /** A request whose response exceeds the socket buffers between client and server. */
    private static String largeQuestion() {
        String functions = "sum,min,max,mean,stddev,first,last,delta"; // many bytes for little work
        return "/api/v1/rollups?device=d&metric=m&resolution=hour&maxPoints=10000&from=-" + HOURS + "h&functions="
                + functions;
    }

    private static String madeUp(int stream, int series) {
        String devices = IntStream.range(0, 10)
                .mapToObj(i -> "device=s" + stream + "-" + i)
                .collect(Collectors.joining("&"));
        return devices
                + IntStream.range(0, series / 10).mapToObj(i -> "&metric=m" + i).collect(Collectors.joining());
    }

    /** Connections that send a request and then receive only on demand. */
    private static final class Clients implements AutoCloseable {

        private final InetSocketAddress server;
        private final List<Socket> sockets = new ArrayList<>();
        private final Map<Socket, Integer> answered = new HashMap<>();

        Clients(ServedLists served) {
            server = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), served.server.address().getPort());
        }

        String host() {
            return "127.0.0.1:" + server.getPort();
        }

        void connect(String request) throws IOException {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(server, 10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        /** Returns how many responses have begun with a status. */
        long statuses(int status) throws IOException {
            for (Socket socket : sockets) {
                InputStream in = socket.getInputStream();
                if (!answered.containsKey(socket) && in.available() > 0) {
                    String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
                    answered.put(socket, Integer.parseInt(line.substring(9)));
                }
            }
            return sockets.stream()
                    .filter(socket -> answered.getOrDefault(socket, 0) == status)
                    .count();
        }

        /**
         * Waits until the server has disconnected all connections with a response status; returns their number.
         *
         * @param status 0 for no response
         */
        long awaitDisconnected(int status) throws IOException {
            long count = statuses(status);
            for (Socket socket : sockets) {
                if (answered.getOrDefault(socket, 0) == status) {
                    assertThat(wasCutOff(socket)).as("cut off").isTrue();
                }
            }
            return count;
        }

        /** Returns how many of the connections opened first were disconnected before any response. */
        /** Waits until this many are disconnected, in any order. */
        long awaitCountDisconnected(long expected) throws IOException {
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            long count = countDisconnected();
            while (count < expected && System.nanoTime() < end) {
                count = countDisconnected();
            }
            return count;
        }

        private long countDisconnected() throws IOException {
            long count = 0;
            for (Socket socket : sockets) {
                socket.setSoTimeout(1);
                try {
                    count += socket.getInputStream().read() < 0 ? 1 : 0;
                } catch (SocketTimeoutException e) {
                    continue; // open
                } catch (IOException e) {
                    count++;
                }
            }
            return count;
        }

        private static boolean wasCutOff(Socket socket) throws IOException {
            try {
                String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return !rest.endsWith("\r\n0\r\n\r\n"); // the end of an answer in chunks
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
