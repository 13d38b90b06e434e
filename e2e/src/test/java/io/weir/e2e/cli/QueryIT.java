package io.weir.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.reading.NameOrder;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.Scope;
import io.weir.e2e.rig.CassandraNode;
import io.weir.e2e.rig.Keyspace;
import io.weir.e2e.rig.PlainStatistics;
import io.weir.e2e.rig.ScriptedReadings;
import io.weir.e2e.rig.ScriptedSource;
import io.weir.query.ReadingQuery;
import io.weir.query.RejectedQuery;
import io.weir.query.RollupQuery;
import io.weir.query.ShownRejection;
import io.weir.query.Span;
import io.weir.query.SpanStatistics;
import io.weir.query.SummaryQuery;
import io.weir.query.WindowStatistics;
import io.weir.query.status.SharedDevices;
import io.weir.query.status.SourceStatus;
import io.weir.query.status.Status;
import io.weir.storage.CassandraReadTables;
import io.weir.storage.ReadTables;
import io.weir.storage.catalog.DeviceSources;
import io.weir.storage.read.ScopedMetric;
import io.weir.storage.rejected.RejectedFilter;
import io.weir.storage.schema.PartitionLayout;
import io.weir.storage.schema.RawBucket;
import io.weir.storage.session.CassandraConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryIT {

    @RegisterExtension
    static final CassandraNode NODE = new CassandraNode();

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final PartitionLayout LAYOUT = new PartitionLayout(RawBucket.DAY, 3, BERLIN);
    private static final long SEED = 20260329;
    private static final List<ScriptedReadings.Sent> SENT = ScriptedReadings.make(SEED, 6000);
    private static final Span ALL =
            Span.of(Instant.parse("2025-10-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"));
    private static final List<ScopedMetric> WANTED = List.of(
            ScopedMetric.ofDevice("d0", "heat"),
            ScopedMetric.ofDevice("d3", "humidity"),
            ScopedMetric.ofGroup("plant", "heat"),
            ScopedMetric.ofGroup("yard", "humidity"));

    private static Keyspace keyspace;
    private static CassandraConnection connection;
    private static ReadTables tables;

    @BeforeAll
    static void fill() {
        keyspace = new Keyspace(NODE, "query_it");
        connection = keyspace.connection();
        for (int number = 1; number <= ScriptedReadings.SOURCES; number++) {
            ScriptedSource source = ScriptedSource.open(connection, LAYOUT, number);
            int own = number;
            SENT.stream().filter(sent -> sent.source() == own).forEach(sent -> source.send(sent.reading()));
            source.send("no reading");
            source.apply();
            source.flush();
        }
        tables = CassandraReadTables.open(connection, LAYOUT, Duration.ofMinutes(10));
    }

    @AfterAll
    static void dropAll() {
        keyspace.close();
    }

    @ParameterizedTest
    @EnumSource(Resolution.class)
    void rollupsEqualTheReadingsOfEachWindow(Resolution resolution) {
        for (ScopedMetric of : WANTED) {
            TreeMap<Instant, List<Reading>> expected =
                    new TreeMap<>(accepted(of, ALL).stream().collect(Collectors.groupingBy(windowStart(resolution))));
            expected.keySet().removeIf(start -> start.toEpochMilli() < ALL.from()); // the month began before the span

            List<WindowStatistics> found = new RollupQuery(tables.rollups()).run(of, resolution, ALL);

            assertThat(found).extracting(WindowStatistics::start).containsExactlyElementsOf(expected.keySet());
            for (WindowStatistics window : found) {
                new PlainStatistics(expected.get(window.start()))
                        .assertEqual(window.statistics(), of + " " + resolution + " " + window.start());
            }
        }
    }

    @Test
    void readingsAreCompleteAndInOrder() {
        Comparator<Reading> order =
                Comparator.comparingLong(Reading::time).thenComparing(Reading::device, NameOrder.INSTANCE);
        for (ScopedMetric of : WANTED) {
            Span span = Span.of(Instant.parse("2025-10-25T21:59:30Z"), Instant.parse("2026-03-29T01:00:00.001Z"));

            List<Reading> found;
            try (var rows = new ReadingQuery(tables.raw()).run(of, span)) {
                found = rows.map(shown -> new Reading(
                                shown.device(),
                                shown.group(),
                                shown.metric(),
                                shown.time().toEpochMilli(),
                                shown.value()))
                        .toList();
            }

            assertThat(found).isSortedAccordingTo(order);
            assertThat(found)
                    .as("%s", of)
                    .hasSizeGreaterThan(50)
                    .containsExactlyInAnyOrderElementsOf(accepted(of, span));
        }
    }

    @Test
    void summariesAreExactForAnySpan() {
        SummaryQuery query = new SummaryQuery(tables, BERLIN, Clock.systemUTC());
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            ScopedMetric of = WANTED.get(i % WANTED.size());
            Span span = randomSpan(random);

            SpanStatistics found = query.run(of, span);

            new PlainStatistics(accepted(of, span)).assertEqual(found.statistics(), of + " " + span + ", seed " + SEED);
        }
    }

    @Test
    void aSummaryReadsFewRows() {
        SpanStatistics found =
                new SummaryQuery(tables, BERLIN, Clock.systemUTC()).run(ScopedMetric.ofGroup("plant", "heat"), ALL);

        assertThat(found.statistics().count()).isGreaterThan(2000);
        // From 2 a.m. on a first of October in Berlin to 2 a.m. on a first of May: hours, days and months of 2 sources.
        assertThat(found.rollupRows()).isLessThan(2 * (22 + 30 + 6 + 2));
    }

    @Test
    void statusAccountsForEveryReading() {
        Status status = Status.of(tables.ledgers(), tables.devices(), tables.failures(), sources -> Map.of(1, 10_000L));

        assertThat(status.sources()).hasSize(2);
        assertThat(status.devicesInTwoSources())
                .isEqualTo(new SharedDevices(1, List.of(new DeviceSources("d0", List.of(1, 2)))));
        for (SourceStatus source : status.sources()) {
            List<ScriptedReadings.Sent> own = SENT.stream()
                    .filter(sent -> sent.source() == source.source())
                    .toList();
            long accepted =
                    own.stream().filter(ScriptedReadings.Sent::isAccepted).count();
            assertThat(source.received()).isEqualTo(own.size() + 1);
            assertThat(source.stored()).isEqualTo(accepted);
            assertThat(source.duplicate() + source.rejectedByReason().get("conflict"))
                    .isEqualTo(own.size() - accepted);
            assertThat(source.rejectedByReason())
                    .containsEntry("malformed", 1L)
                    .containsOnlyKeys("malformed", "conflict");
            assertThat(source.throughOffset()).isEqualTo(own.size());
        }
        assertThat(status.sources().get(0).lag())
                .isEqualTo(10_000 - 1 - status.sources().get(0).throughOffset());
        assertThat(status.sources().get(1).lag()).isNull();
    }

    @Test
    void rejectedReadingsAreListedWithTheirPosition() {
        RejectedQuery query = new RejectedQuery(tables);
        Instant day = Instant.parse("2026-06-01T00:00:00Z");
        Set<RejectReason> reasons = Set.of(RejectReason.MALFORMED);

        try (var malformed = query.run(
                new RejectedFilter("scripted", null, day, day.plus(1, ChronoUnit.DAYS), reasons, false, 10))) {
            assertThat(malformed)
                    .extracting(ShownRejection::partition, ShownRejection::payload, ShownRejection::index)
                    .containsExactly(tuple(1, "no reading", 0), tuple(2, "no reading", 0));
        }
        try (var others = query.run(new RejectedFilter("other", null, null, null, null, null, 10))) {
            assertThat(others).isEmpty();
        }
        try (var before = query.run(new RejectedFilter(null, null, null, day, null, null, 10))) {
            assertThat(before).isEmpty();
        }
        try (var redriven = query.run(new RejectedFilter(null, null, null, null, null, true, 10))) {
            assertThat(redriven).isEmpty();
        }
        try (var ofSource = query.run(new RejectedFilter(null, Set.of(2), null, null, null, null, 7))) {
            assertThat(ofSource).hasSize(7).allMatch(rejection -> rejection.partition() == 2);
        }
    }

    private static List<Reading> accepted(ScopedMetric of, Span span) {
        return SENT.stream()
                .filter(ScriptedReadings.Sent::isAccepted)
                .map(ScriptedReadings.Sent::reading)
                .filter(reading -> reading.metric().equals(of.metric()))
                .filter(reading -> (of.scope() == Scope.DEVICE ? reading.device() : reading.group()).equals(of.id()))
                .filter(reading -> span.from() <= reading.time() && reading.time() < span.to())
                .toList();
    }

    /** Returns the start of a reading's window; in Berlin, hours begin at full hours of the local clock. */
    private static Function<Reading, Instant> windowStart(Resolution resolution) {
        return reading -> {
            ZonedDateTime time = Instant.ofEpochMilli(reading.time()).atZone(BERLIN);
            return switch (resolution) {
                case HOUR -> time.truncatedTo(ChronoUnit.HOURS).toInstant();
                case DAY -> time.toLocalDate().atStartOfDay(BERLIN).toInstant();
                case MONTH ->
                    time.toLocalDate().withDayOfMonth(1).atStartOfDay(BERLIN).toInstant();
            };
        };
    }

    private static Span randomSpan(Random random) {
        long length = ALL.to() - ALL.from();
        long a = ALL.from() + (long) (random.nextDouble() * length);
        long b = random.nextBoolean()
                ? a + random.nextInt(20_000_000)
                : ALL.from() + (long) (random.nextDouble() * length);
        return new Span(Math.min(a, b), Math.max(a, b));
    }
}
