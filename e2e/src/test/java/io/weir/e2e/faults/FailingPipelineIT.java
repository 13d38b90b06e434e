package io.weir.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.weir.e2e.rig.RunningUp;
import io.weir.local.servers.EmbeddedCassandra;
import io.weir.metricproducer.Publisher;
import io.weir.metricproducer.PublisherSettings;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A failing pipeline is shown on the terminal, by the API and by the status command, and ends when its failures repeat.
 * A missing column stands for any request that Cassandra always refuses.
 */
@Tag("faults")
class FailingPipelineIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String FAILING = "the query fused of the topic readings is failing since ";
    private static final String COLUMN = "first_value";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void isShownUntilItRecoversAndEndsWhenItsFailuresRepeat() throws Exception {
        // The last two settings limit how long an idle pipeline may hold rollups that it cannot write before the
        // missing ledger is noticed.
        Path settings = Files.writeString(
                directory.resolve("weir.conf"),
                """
                weir.pipeline.max-failures = 6
                weir.spark.flush-interval = 1 second
                weir.cassandra.retry-for = 5 seconds
                """);
        try (RunningUp up = RunningUp.start(directory, settings);
                CqlSession session = session(up)) {
            publish(up, 0);
            up.commandLine().awaitReceived(1);
            assertThat(ready(up).statusCode()).isEqualTo(200);

            session.execute("ALTER TABLE weir.month_by_group DROP " + COLUMN);
            publish(up, 1);
            await().atMost(SOON).until(() -> up.log().contains(FAILING));
            await().atMost(SOON).until(() -> ready(up).statusCode() == 503);
            assertThat(ready(up).body()).contains(FAILING).contains(COLUMN).contains("in source ");
            assertThat(up.commandLine().run("status").out())
                    .contains("FAILING: " + FAILING)
                    .contains(COLUMN);
            assertThat(up.commandLine()
                            .run("status", "--json")
                            .json()
                            .at("/failing/0/query")
                            .asText())
                    .isEqualTo("fused");

            session.execute("ALTER TABLE weir.month_by_group ADD " + COLUMN + " double");
            up.commandLine().awaitReceived(2);
            await().atMost(SOON).until(() -> ready(up).statusCode() == 200);
            assertThat(up.log()).contains("the query fused of the topic readings has recovered after ");
            assertThat(up.commandLine().run("status").out()).doesNotContain("FAILING");

            session.execute("ALTER TABLE weir.month_by_group DROP " + COLUMN);
            publish(up, 2);
            assertThat(up.awaitExit()).isEqualTo(1);
            assertThat(up.log())
                    .contains("weir: The pipeline has stopped: " + FAILING)
                    .contains("6 times with errors that a retry cannot fix")
                    .contains("weir.pipeline.max-failures");
        }
    }

    private HttpResponse<String> ready(RunningUp up) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(up.api() + "/health/ready")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static CqlSession session(RunningUp up) {
        String address = up.cassandra();
        int colon = address.lastIndexOf(':');
        Credentials login = up.login().credentials();
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
                .withLocalDatacenter(EmbeddedCassandra.LOCAL_DATACENTER)
                .withAuthCredentials(login.user(), login.password())
                .build();
    }

    private static void publish(RunningUp up, int number) {
        try (Publisher publisher = Publisher.connect(PublisherSettings.of(up.bootstrap(), "readings"))) {
            String reading = "{\"device\":\"d1\",\"group\":\"g1\",\"metric\":\"heat\",\"time\":"
                    + (1_700_000_000_000L + number) + ",\"value\":" + number + "}";
            publisher.send("d1".getBytes(UTF_8), reading.getBytes(UTF_8));
            publisher.flush();
        }
    }
}
