package io.weir.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.e2e.rig.CommandLine;
import io.weir.e2e.rig.CommandRun;
import io.weir.e2e.rig.EndlessFleet;
import io.weir.e2e.rig.RunningApi;
import io.weir.e2e.rig.RunningUp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * Opens the dashboard of a running system in a browser: its views show the system's numbers, follow new readings, and
 * are accessible.
 */
class DashboardIT {

    /** More readings than a chart draws singly, so that it first shows hours. */
    private static final int READINGS = 12_000;

    /** The readings of each device of the group that reports at the same instants. */
    private static final int ROUNDS = 20;

    /**
     * Counts coloured pixels of the plot's upper part: the axes are grey, and the mark of a gap is at the lower edge.
     */
    private static final String COLOURED_PIXELS =
            """
            (() => {
              const plot = document.querySelector('.chart canvas');
              const { data } = plot.getContext('2d').getImageData(0, 0, plot.width, plot.height * 0.8 | 0);
              let count = 0;
              for (let i = 0; i < data.length; i += 4) {
                const [red, green, blue, opacity] = data.slice(i, i + 4);
                count += opacity > 100 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
              }
              return count;
            })()
            """;

    private static final Duration APART = Duration.ofSeconds(45);
    private static final Duration LOCKSTEP = Duration.ofSeconds(30);
    private static final String NAMELESS = "device must not be empty";
    private static final String MARKUP = "<img src=x onerror=alert(1)>";
    private static final String EXPLORED = "#/explore?device=press-17&metric=pressure&from=-7d";

    @TempDir
    private static Path directory;

    private static RunningUp weir;
    private static EndlessFleet fleet;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Browser.isInstalled(), "Skipped: " + Browser.NEEDED + " are not on the path");
        weir = RunningUp.start(directory, Files.writeString(directory.resolve("weir.conf"), "weir {}\n"));
        Path readings = Files.write(directory.resolve("readings.jsonl"), readings());
        CommandRun published = weir.commandLine().run("publish", readings.toString());
        assertThat(published.exitCode()).as(published.err()).isZero();
        sendBadOnes();
        weir.commandLine().awaitReceived(READINGS + 3 * ROUNDS + 2);
        fleet = EndlessFleet.start(weir.bootstrap(), 200, 17);
        browser = Browser.start(URI.create(weir.api()), directory.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        Stream.of(browser, fleet, weir).filter(each -> each != null).forEach(DashboardIT::close);
    }

    @AfterEach
    void browserHasLoggedNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void overviewFollowsNewReadingsAndItsLedgerBalances() {
        browser.open("#/overview");
        browser.see(".ledger header", "Every reading is accounted for");
        browser.see(".health", "Cassandra up");
        long before = received();
        await().atMost(Duration.ofSeconds(30)).until(() -> received() > before);
        assertThat(browser.text(".sources tbody")).contains("readings", "live");
        browser.see(".busiest", "plant");
        assertThat(received()).isLessThanOrEqualTo(weir.commandLine().received());
    }

    @Test
    void aFrozenCassandraIsToldAndNothingElseIsBlamedForIt() throws Exception {
        browser.open("#/overview");
        browser.see(".connection", "Live");
        browser.see(".ledger header", "Every reading is accounted for");

        weir.whileCassandraIsFrozen(() -> {
            browser.see(".connection", "Not up to date");
            browser.see(".condition", "The figures are of ");
            browser.see(".ledger header", "As of ");
            browser.see(".health", "Kafka up");
            browser.see(".health", "Pipeline unknown");
            browser.see(".sources tbody", "unknown");
            assertThat(browser.text(".ledger header")).doesNotContain("accounted for");
            browser.see(".condition", "Cassandra does not answer");
            assertThat(browser.text(".health")).contains("Kafka up", "Cassandra down", "Pipeline unknown");
        });

        browser.see(".connection", "Live");
        browser.see(".ledger header", "Every reading is accounted for");
        assertThat(browser.errors())
                .as("refused, or cut off if the answer had begun")
                .allMatch(error -> error.contains("503") || error.contains("net::ERR_"));
    }

    /** The rules by which the page judges, without servers that misbehave. */
    @Test
    void onlyTheFirstCauseIsTold() {
        browser.open("#/overview");
        assertThat(told("up", "up", "up", "true")).isEqualTo("Live: null");
        assertThat(told("up", "up", "up", "null")).isEqualTo("undefined: null");
        assertThat(told("up", "up", "up", "false")).isEqualTo("Reconnecting: null");
        assertThat(told("up", "stale", "unknown", "true"))
                .isEqualTo("Not up to date: Cassandra has not answered for some seconds");
        assertThat(told("down", "down", "unknown", "true")).isEqualTo("Not up to date: Cassandra does not answer");
        assertThat(told("down", "up", "unknown", "true")).isEqualTo("Live: Kafka does not answer");
        assertThat(told("up", "up", "down", "true")).isEqualTo("Live: The pipeline does not keep up");
        assertThat(judged("{ error: { status: 0 } }", "false")).isEqualTo("Not up to date: Weir does not answer");
        assertThat(judged("null", "null")).isEqualTo("undefined: null");
    }

    private static String told(String kafka, String cassandra, String pipeline, String stream) {
        return judged(
                ("{ parts: { kafka: { state: '%s' }, cassandra: { state: '%s' },"
                                + " pipeline: { state: '%s', detail: 'a' } } }")
                        .formatted(kafka, cassandra, pipeline),
                stream);
    }

    private static String judged(String report, String stream) {
        return browser.evaluate("import(new URL('assets/condition/condition.js', location)).then(({ condition }) => {"
                        + "const { indicator, banner } = condition(" + report + ", null, " + stream + ");"
                        + "return `${indicator?.words}: ${banner && banner.title}`; })")
                .toString();
    }

    @Test
    void devicesAreFoundSortedAndJudged() {
        browser.open("#/devices?search=PUMP");
        browser.see(".devices tbody tr", "pump-0");
        browser.see(".caption", "3 devices, as of ");
        assertThat(browser.text(".devices tbody tr")).contains("30 s", "flow", "lockstep");

        browser.open("#/overview");
        browser.see(".silent-devices", "devices")
                .findElement(By.cssSelector("a"))
                .click();
        browser.see(".devices tbody tr");
        browser.see("select[aria-label=Sort]")
                .findElement(By.cssSelector("option[value=seen]"))
                .click();
        await().until(() -> browser.place().contains("sort=seen"));
        browser.see("input[aria-label='Search devices']").sendKeys("no such device");
        browser.see(".notice", "No device matches");
    }

    @Test
    void aDeviceThatNeverReportedLooksUnlikeOneThatIsSilent() {
        browser.open("#/explore?device=nobody&metric=flow");
        browser.see(".notice", "There is no device “nobody”");
        browser.open("#/explore?device=pump-0&metric=flow&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
        browser.see(".notice", "The device “pump-0” is ");
        browser.see(".notice p button", "look there").click();
        browser.see(".chart h2", "flow");
        assertThat(browser.errors()).allMatch(complaint -> complaint.contains("404"));
    }

    @Test
    void deviceIsFoundByTypingAndShownByHour() {
        browser.open("#/explore");
        WebElement field = browser.see(".pickers > .combobox:nth-of-type(3) input");
        field.sendKeys("PRESS-1");
        browser.see("[role=option]", "press-17");
        field.sendKeys(Keys.ARROW_DOWN, Keys.ENTER);
        browser.see(".chart h2", "pressure");
        assertThat(browser.place()).contains("device=press-17", "metric=pressure");
    }

    @Test
    void zoomingInShowsSingleReadingsAndTheLinkShowsTheSame() {
        browser.open(EXPLORED);
        browser.see(".chart header", "hour windows");
        assertThat(browser.text(".readout th[scope=row]")).isEqualTo("press-17");
        assertThat(number(".readout td")).isEqualTo(READINGS);
        WebElement plot = browser.see(".u-over");
        browser.actions()
                .moveToElement(plot, 100, 20)
                .clickAndHold()
                .moveByOffset(60, 0)
                .release()
                .perform();
        String shown = browser.see(".chart header", "raw readings").getText();

        String link = browser.place();
        assertThat(link).contains("from=", "to=");
        browser.open(link);
        assertThat(browser.see(".chart header", "raw readings").getText()).isEqualTo(shown);
    }

    /** With lines between single readings, the chart would be blank or a zigzag. */
    @Test
    void aGroupsReadingsAreDrawnAsMeans() {
        browser.open("#/explore?group=lockstep&metric=flow&from=-2h&resolution=raw");
        browser.see(".chart header", 3 * ROUNDS + " raw readings, as means of 60 s");
        await().untilAsserted(() -> assertThat(((Number) browser.evaluate(COLOURED_PIXELS)).longValue())
                .isGreaterThan(100));
    }

    @Test
    void keyboardMovesTheCursorAndZooms() {
        browser.open(EXPLORED);
        WebElement stage = browser.see(".stage");
        await().untilAsserted(() -> {
            stage.sendKeys(Keys.ARROW_LEFT); // the current hour may have no readings yet
            assertThat(browser.evaluate("document.getElementById('announcements').textContent"))
                    .asString()
                    .contains("press-17: mean");
        });
        stage.sendKeys("+");
        await().until(() -> browser.place().contains("to="));
    }

    @Test
    void tableHasTheNumbersOfTheChart() {
        browser.open(EXPLORED + "&as=table&resolution=day");
        browser.see("table caption", "UTC");
        assertThat(browser.count("tbody tr")).isBetween(6L, 8L);
    }

    @Test
    void rejectedPayloadIsTextAndNoRedriveIsOfferedWhereItChangesNothing() {
        browser.open("#/rejected?reason=bad-name&search=onerror");
        browser.see(".rejections summary", NAMELESS).click();
        browser.see(".payload pre", MARKUP);
        assertThat(browser.count(".payload img")).isZero();
        browser.see(".payload", "sending it again would change nothing");
        assertThat(browser.count(".redrive button")).isZero();
        assertThat(browser.count(".rejections input")).isZero();
    }

    @Test
    void rejectedReadingsOfADeviceAreRedrivenAfterConsent() {
        browser.open("#/rejected");
        browser.see("input[aria-label='Search payloads and keys']").sendKeys("AHEAD-OF-its-time");
        await().until(() -> browser.place().contains("search="));
        browser.see(".rejections summary", "time-out-of-range");
        await().until(() -> browser.count(".rejections li") == 1);

        browser.see(".rejections input").click();
        browser.see(".redrive button", "Redrive 1 selected").click();
        browser.see("dialog", "This publishes 1 rejected reading again");
        browser.see("dialog .primary", "Redrive").click();
        browser.see(".outcome", "1 published again");
        browser.open("#/rejected?search=ahead-of-its-time&redriven=true");
        assertThat(browser.see(".rejections summary", "time-out-of-range").getText())
                .contains("redriven");
    }

    @Test
    void theNumberIsToldBeforeAllOfAReasonAreRedriven() {
        browser.open("#/rejected?reason=time-out-of-range&redriven=any");
        browser.see(".redrive button", "Redrive all open time-out-of-range").click();
        assertThat(browser.see("dialog", "all open ones that were rejected as time-out-of-range")
                        .getText())
                .containsPattern("This publishes [\\d,.]+ rejected reading");
        browser.see("dialog .button", "Cancel").click();
        await().until(() -> browser.count("dialog") == 0);
    }

    @Test
    void aPayloadThatIsNoTextIsShownByteForByte() {
        browser.open("#/overview");
        assertThat(browser.evaluate(
                        "import(new URL('assets/rejected/payload.js', location)).then(({ bytesOf, dump }) =>"
                                + " dump(bytesOf({ payload: '?', payloadBase64: 'ewD/fQ==' })))"))
                .isEqualTo("0000  7b 00 ff 7d" + " ".repeat(36) + "  {..}");
    }

    @Test
    void aTokenForOneGroupShowsThatGroupAlone() throws Exception {
        Path settings = Files.writeString(
                directory.resolve("api.conf"),
                """
                weir {
                  kafka.bootstrap-servers = "%s"
                  cassandra.contact-points = "%s"
                  api { port = 0, access.authentication = tokens }
                }
                """
                                .formatted(weir.bootstrap(), weir.cassandra())
                        + CommandLine.settings(weir.login()));
        String token = new CommandLine(List.of("--config", settings.toString()))
                .run("token", "create", "--name", "hall", "--scope", "read", "--group", "hall")
                .out()
                .strip();
        try (RunningApi api = RunningApi.start(settings, Map.of());
                Browser other = Browser.start(URI.create(api.address()), directory.resolve("other"))) {
            other.open(EXPLORED);
            other.see("dialog input[type=password]").sendKeys(token);
            other.see("dialog .primary", "Sign in").click();
            other.see(".chart header", "hour windows");
            other.see(".bar button", "Sign out");
            other.open("#/overview");
            other.see(".own-group h2", "hall");
            other.see(".own-group .devices tbody tr", "press-17");
            other.see(".own-group a.button", "pressure");
            assertThat(other.count(".notice.failed")).isZero();
            assertThat(other.text(".bar nav")).doesNotContain("Rejected");
            assertThat(other.errors()).allMatch(complaint -> complaint.contains("status of 40"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Light", "Dark"})
    void noViewHasASeriousAccessibilityFault(String theme) {
        assertFaultless(theme, "#/overview", ".ledger .reasons");
        assertFaultless(theme, "#/explore", ".results .notice");
        assertFaultless(theme, EXPLORED + "&show=band+p50+p95", ".readout tbody");
        assertFaultless(theme, EXPLORED + "&as=table", "table caption");
        assertFaultless(theme, "#/rejected", ".rejections li");
        assertFaultless(theme, "#/devices", ".devices tbody tr");
    }

    @Test
    void nothingIsWiderThanAPhone() {
        browser.onAPhone(() -> {
            assertFits("#/overview", ".sources tbody tr");
            assertFits("#/devices", ".devices tbody tr");
            assertFits("#/rejected", ".rejections li");
            assertFits(EXPLORED + "&show=band+p50+p95+p99", ".readout tbody");
            assertThat(browser.see(".controls summary").getText()).isEqualTo("press-17 · pressure · 7 d");
            browser.see(".controls summary").click();
            browser.see(".controls .toolbar");
            assertFits("#/explore", ".results .notice");
            browser.see(".pickers input");
            assertFits("docs", "h1");
        });
    }

    private static void assertFits(String view, String content) {
        browser.open(view);
        browser.see(content);
        assertThat((Number) browser.evaluate("document.documentElement.scrollWidth"))
                .as(view)
                .isEqualTo(390L);
    }

    private static void assertFaultless(String theme, String view, String content) {
        browser.open(view);
        browser.see("select[aria-label=Theme]")
                .findElement(By.xpath("option[. = '" + theme + "']"))
                .click();
        browser.see(content);
        assertThat(browser.faults()).as(theme + " " + view).isEmpty();
    }

    /** An hour occurs twice when clocks are set back; a typed time means the first occurrence. */
    @Test
    void typedTimesAreInTheSelectedZone() {
        browser.open("#/overview");
        assertThat(time("2026-07-01 12:00:00")).isEqualTo(Instant.parse("2026-07-01T10:00:00Z"));
        assertThat(time("2026-01-01")).isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
        assertThat(time("2026-10-25 02:30")).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(time("2026-10-25 03:00")).isEqualTo(Instant.parse("2026-10-25T02:00:00Z"));
        assertThat(time("2026-03-29 03:00")).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
    }

    private static Instant time(String typed) {
        Object millis =
                browser.evaluate("import(new URL('assets/ui/times.js', location)).then(({ wallTime }) => wallTime('"
                        + typed + "', 'Europe/Berlin'))");
        return Instant.ofEpochMilli(((Number) millis).longValue());
    }

    private static long received() {
        return number(".term.received dd");
    }

    /** Ignores how the browser's language groups digits. */
    private static long number(String css) {
        return Long.parseLong(browser.text(css).replaceAll("\\D", ""));
    }

    private static List<String> readings() {
        Instant now = Instant.now();
        Stream<String> press = IntStream.range(0, READINGS)
                .mapToObj(i -> reading(
                        "hall",
                        "press-17",
                        "pressure",
                        now.minus(APART.multipliedBy(READINGS - i)),
                        Math.sin(i / 700.0)));
        Stream<String> lockstep = IntStream.range(0, 3 * ROUNDS)
                .mapToObj(i -> reading(
                        "lockstep", "pump-" + i % 3, "flow", now.minus(LOCKSTEP.multipliedBy(ROUNDS - i / 3)), i % 3));
        return Stream.concat(press, lockstep).toList();
    }

    private static void sendBadOnes() {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", weir.bootstrap()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("readings", reading("hall", "", MARKUP, Instant.now(), 1)));
            Instant ahead = Instant.now().plus(Duration.ofDays(400));
            producer.send(new ProducerRecord<>("readings", reading("hall", "ahead-of-its-time", "flow", ahead, 1)));
        }
    }

    private static String reading(String group, String device, String metric, Instant time, double value) {
        return "{\"device\":\"%s\",\"group\":\"%s\",\"metric\":\"%s\",\"time\":\"%s\",\"value\":%s}"
                .formatted(device, group, metric, time, value);
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
