package io.weir.benchmarks;

import io.weir.benchmarks.latency.Latencies;
import io.weir.benchmarks.steady.FleetLoad;
import io.weir.benchmarks.steady.LagSample;
import io.weir.benchmarks.steady.PartFigures;
import io.weir.benchmarks.steady.SteadyResult;
import io.weir.benchmarks.variant.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of {@code weir bench steady}, as Markdown and JSON.
 *
 * @param load the load, with the factor of the first run
 * @param pipelineHeap for example {@code 1024 MiB}
 * @param threshold the fraction of the rate of records above which lag counts as growing
 * @param isSearch whether each round searched the highest sustained rate of a variant
 */
record SteadyReport(
        FleetLoad load,
        String pipelineHeap,
        double threshold,
        boolean isSearch,
        List<Variant> variants,
        List<SteadyOutcome> outcomes) {

    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;
    private static final double PERCENT = 100;

    String markdown() {
        return Stream.of(head(), isSearch ? searches() : "", rates(), freshness(), costs(), isSearch ? tries() : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** Returns the runs in the tables: all runs with figures, or the highest sustained rate of each search. */
    List<SteadyResult> shown() {
        return variants.stream().flatMap(this::shown).toList();
    }

    private Stream<SteadyResult> shown(Variant variant) {
        return isSearch
                ? rounds(variant).flatMap(round -> highest(variant, round).stream())
                : of(variant).filter(SteadyOutcome::isValid).map(SteadyOutcome::found);
    }

    private Stream<SteadyOutcome> of(Variant variant) {
        return outcomes.stream().filter(outcome -> outcome.variant() == variant);
    }

    private Stream<Integer> rounds(Variant variant) {
        return of(variant).map(SteadyOutcome::round).distinct();
    }

    private Optional<SteadyResult> highest(Variant variant, int round) {
        return of(variant)
                .filter(outcome -> outcome.round() == round && outcome.isSustained())
                .max(Comparator.comparingDouble(SteadyOutcome::factor))
                .map(SteadyOutcome::found);
    }

    private String head() {
        return String.format(
                Locale.ROOT,
                """
                Fleet %s: %s. %s, each run on servers of its own: %d s to warm up, then %d s that are measured.
                Heap of the pipeline: %s. A lag grows that rises by more than %s %% of the records that are sent.
                Medians (least–most) over the runs.
                """,
                load.fleet().label(),
                load.fleet().sentence(),
                isSearch
                        ? "The highest rate that is sustained"
                        : String.format(
                                Locale.ROOT,
                                "%,.0f readings/s (factor %s)",
                                load.readingsPerSecond(),
                                number(load.factor())),
                load.warmUp().toSeconds(),
                load.length().toSeconds(),
                pipelineHeap,
                number(threshold * PERCENT));
    }

    private String searches() {
        List<String> rows = new ArrayList<>(List.of(
                "| Variant | Highest sustained factor | Readings/s | of which the first variant sustains, times |",
                "|---|---|---|---|"));
        for (Variant variant : variants) {
            List<SteadyResult> found = shown(variant).toList();
            rows.add(
                    found.isEmpty()
                            ? "| " + variant.label() + " | none | | |"
                            : "| " + variant.label() + " | "
                                    + spread(found, run -> run.load().factor(), "%.2f") + " | "
                                    + spread(found, run -> run.load().readingsPerSecond(), "%,.0f") + " | "
                                    + ratios(variant) + " |");
        }
        return table(rows);
    }

    /** Compares round by round, because other load on the machine affects both variants. */
    private String ratios(Variant other) {
        Variant first = variants.get(0);
        List<Double> ratios = rounds(other)
                .flatMap(round -> highest(other, round).stream().flatMap(run -> highest(first, round).stream()
                        .map(ofFirst -> ofFirst.load().factor() / run.load().factor())))
                .toList();
        return other == first || ratios.isEmpty()
                ? ""
                : Spread.of(ratios.stream(), Double::doubleValue).text("%.2f");
    }

    private String rates() {
        List<String> rows = new ArrayList<>(List.of(
                "| Variant | Sustained | Lag grows by, records/s: raw tables | ledger"
                        + " | Most lag, records: raw tables | ledger | in seconds: raw tables | ledger | Checked |",
                "|---|---|---|---|---|---|---|---|---|"));
        for (Variant variant : variants) {
            List<SteadyResult> found = shown(variant).toList();
            List<String> cells = new ArrayList<>(List.of(variant.label(), states(variant)));
            if (!found.isEmpty()) {
                cells.addAll(List.of(
                        spread(found, run -> run.raw().slope(), "%,.1f"),
                        spread(found, run -> run.accounted().slope(), "%,.1f"),
                        spread(found, SteadyResult::mostRaw, "%,.0f"),
                        spread(found, SteadyResult::mostAccounted, "%,.0f"),
                        spread(found, run -> run.mostRaw() / run.load().recordsPerSecond(), "%.1f"),
                        spread(found, run -> run.mostAccounted() / run.load().recordsPerSecond(), "%.1f"),
                        "right: " + found.get(0).verdict().found()));
            }
            rows.add(row(cells, 9));
        }
        return table(rows);
    }

    private String states(Variant variant) {
        if (isSearch) {
            return shown(variant).findAny().isPresent() ? "yes" : "no";
        }
        return of(variant).map(SteadyOutcome::state).distinct().collect(Collectors.joining("; "));
    }

    private String freshness() {
        List<String> rows = new ArrayList<>(List.of(
                "| Variant | Samples | Raw row, ms: p50 | p99 | max | Rollup, ms: p50 | p99 | max |",
                "|---|---|---|---|---|---|---|---|"));
        for (Variant variant : variants) {
            List<SteadyResult> found = shown(variant).toList();
            if (!found.isEmpty()) {
                List<String> cells = new ArrayList<>(List.of(
                        variant.label(), spread(found, run -> run.rawFreshness().samples(), "%,.0f")));
                cells.addAll(percentiles(found, SteadyResult::rawFreshness));
                cells.addAll(percentiles(found, SteadyResult::rollupFreshness));
                rows.add(row(cells, 8));
            }
        }
        return rows.size() == 2 ? "" : table(rows);
    }

    private static List<String> percentiles(List<SteadyResult> found, Function<SteadyResult, Latencies> latencies) {
        Predicate<SteadyResult> hasSamples = run -> latencies.apply(run).samples() > 0;
        if (found.stream().noneMatch(hasSamples)) {
            return List.of("", "", "");
        }
        List<SteadyResult> with = found.stream().filter(hasSamples).toList();
        return List.of(
                spread(with, run -> latencies.apply(run).millisAt(50), "%,.0f"),
                spread(with, run -> latencies.apply(run).millisAt(99), "%,.0f"),
                spread(with, run -> latencies.apply(run).mostMillis(), "%,.0f"));
    }

    private String costs() {
        List<String> rows = new ArrayList<>(List.of(
                "| Variant | CPU s per million readings: pipeline | Cassandra | Kafka | producer | this tool"
                        + " | Garbage collection, % of the time | Peak MiB: pipeline | Cassandra | Kafka"
                        + " | Per 1000 readings: write requests | read requests | mutations"
                        + " | Bytes on disk per reading: raw tables | rollups |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"));
        for (Variant variant : variants) {
            List<SteadyResult> found = shown(variant).toList();
            if (!found.isEmpty()) {
                rows.add(row(costsOf(variant, found), 15));
            }
        }
        return rows.size() == 2 ? "" : table(rows);
    }

    private static List<String> costsOf(Variant variant, List<SteadyResult> found) {
        return List.of(
                variant.label(),
                perReading(found, run -> run.pipeline().cpuSeconds() * MILLION, "%.1f"),
                perReading(found, run -> run.cassandra().cpuSeconds() * MILLION, "%.1f"),
                perReading(found, run -> run.kafka().cpuSeconds() * MILLION, "%.1f"),
                perReading(found, run -> run.producerSeconds() * MILLION, "%.1f"),
                perReading(found, run -> run.toolSeconds() * MILLION, "%.1f"),
                spread(found, run -> run.collecting() * PERCENT, "%.1f"),
                spread(found, run -> run.pipeline().peakBytes() / MIB, "%,.0f"),
                spread(found, run -> run.cassandra().peakBytes() / MIB, "%,.0f"),
                spread(found, run -> run.kafka().peakBytes() / MIB, "%,.0f"),
                perReading(found, run -> run.requests().writes() * 1000.0, "%.1f"),
                perReading(found, run -> run.requests().reads() * 1000.0, "%.1f"),
                perReading(found, run -> run.requests().mutations() * 1000.0, "%.1f"),
                spread(found, run -> (double) run.disk().rawBytes() / run.disk().readings(), "%.1f"),
                spread(
                        found,
                        run -> (double) run.disk().rollupBytes() / run.disk().readings(),
                        "%.1f"));
    }

    private String tries() {
        List<String> rows = new ArrayList<>(
                List.of("| Variant | Round | Factor tried | Readings/s | Sustained |", "|---|---|---|---|---|"));
        for (SteadyOutcome outcome : outcomes) {
            rows.add("| "
                    + String.join(
                            " | ",
                            outcome.variant().label(),
                            Integer.toString(outcome.round()),
                            String.format(Locale.ROOT, "%.2f", outcome.factor()),
                            String.format(
                                    Locale.ROOT,
                                    "%,.0f",
                                    load.withFactor(outcome.factor()).readingsPerSecond()),
                            outcome.state())
                    + " |");
        }
        return table(rows);
    }

    /** Returns the JSON data, one object per run. */
    List<Map<String, Object>> json() {
        return outcomes.stream().map(this::json).toList();
    }

    private Map<String, Object> json(SteadyOutcome outcome) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("fleet", load.fleet().label());
        all.put("variant", outcome.variant().label());
        all.put("round", outcome.round());
        all.put("rateFactor", outcome.factor());
        all.put("readingsPerSecond", load.withFactor(outcome.factor()).readingsPerSecond());
        all.put("warmUpSeconds", load.warmUp().toSeconds());
        all.put("measuredSeconds", load.length().toSeconds());
        all.put("pipelineHeap", pipelineHeap);
        all.put("state", outcome.state());
        all.put("sustained", outcome.isSustained());
        SteadyResult run = outcome.result();
        if (run != null) {
            addTo(all, run);
        }
        return all;
    }

    private static void addTo(Map<String, Object> all, SteadyResult run) {
        all.put("verdict", run.verdict());
        all.put("readings", run.readings());
        all.put("lateShare", run.lateShare());
        all.put("restarts", run.restarts());
        all.put("unansweredLooks", run.unanswered());
        all.put(
                "lagSlope",
                Map.of(
                        "raw", run.raw().slope(),
                        "accounted", run.accounted().slope(),
                        "threshold", run.raw().threshold()));
        all.put("mostLag", Map.of("raw", run.mostRaw(), "accounted", run.mostAccounted()));
        all.put("rawMillis", json(run.rawFreshness()));
        all.put("rollupMillis", json(run.rollupFreshness()));
        all.put("kafka", json(run.kafka()));
        all.put("cassandra", json(run.cassandra()));
        all.put("pipeline", json(run.pipeline()));
        all.put("producerCpuSeconds", run.producerSeconds());
        all.put("toolCpuSeconds", run.toolSeconds());
        if (!Double.isNaN(run.collecting())) {
            all.put("collectingShare", run.collecting());
        }
        all.put("requests", run.requests());
        all.put("disk", run.disk());
        all.put("lag", run.samples().stream().map(SteadyReport::json).toList());
    }

    private static Map<String, Object> json(Latencies latencies) {
        return Map.of(
                "samples", latencies.samples(),
                "p50", latencies.millisAt(50),
                "p99", latencies.millisAt(99),
                "max", latencies.mostMillis());
    }

    private static Map<String, Object> json(PartFigures part) {
        return Map.of("cpuSeconds", part.cpuSeconds(), "peakBytes", part.peakBytes());
    }

    private static Map<String, Object> json(LagSample sample) {
        return Map.of("second", sample.second(), "raw", sample.raw(), "accounted", sample.accounted());
    }

    private static String perReading(List<SteadyResult> found, ToDoubleFunction<SteadyResult> figure, String format) {
        return spread(found, run -> figure.applyAsDouble(run) / run.readings(), format);
    }

    private static String spread(List<SteadyResult> found, ToDoubleFunction<SteadyResult> figure, String format) {
        return Spread.of(found.stream(), figure).text(format);
    }

    private static String row(List<String> cells, int columns) {
        List<String> all = new ArrayList<>(cells);
        while (all.size() < columns) {
            all.add("");
        }
        return "| " + String.join(" | ", all) + " |";
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    private static String table(List<String> rows) {
        return String.join("\n", rows) + "\n";
    }
}
