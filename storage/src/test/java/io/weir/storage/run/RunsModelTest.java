package io.weir.storage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Simulates several pipelines of two topics, which start with random settings, are killed, pause at any call and
 * resume, and close. No record may be decided with two different settings: otherwise the stored rows would depend on
 * the time of failures.
 */
class RunsModelTest {

    private static final int SIMULATIONS = 500;

    /** A rule to drop, which the simulation must detect. */
    private enum Fault {
        NONE,
        A_CLOSE_UNLOCKS_SETTINGS_WHILE_ANOTHER_RUN_IS_OPEN,
        A_SETTING_IS_NOT_IN_THE_FINGERPRINT,
        RECORDS_ARE_APPLIED_WITHOUT_CONFIRMING_THE_RUN,
        THE_RUN_IS_CONFIRMED_BEFORE_RECORDS_ARE_READ,
        CHANGES_COMPARE_NOTHING,
        A_RUN_CLOSES_BEFORE_ALL_IS_ACCOUNTED_FOR
    }

    @Test
    void noRecordIsDecidedByTwoSettings() {
        for (long seed = 0; seed < SIMULATIONS; seed++) {
            long simulated = seed;
            assertThatCode(() -> new Keyspace(simulated, Fault.NONE).run())
                    .as("seed %d", simulated)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void everyRuleIsNeeded(Fault fault) {
        long failed = 0;
        for (long seed = 0; seed < SIMULATIONS; seed++) {
            try {
                new Keyspace(seed, fault).run();
            } catch (AssertionError e) {
                failed++;
            }
        }
        assertThat(failed).as("failed simulations").isPositive();
    }

    /**
     * The tables that all pipelines share. Every call of a pipeline lets other pipelines run first, as if the caller
     * had paused.
     */
    private static final class Keyspace implements RunTable {

        private static final int STEPS = 60;
        private static final int MAX_PAUSED = 3;

        private final SplittableRandom random;
        private final Fault fault;
        private final Runs runs = new Runs(this);
        private final Map<String, Topic> topics = new TreeMap<>(Map.of("one", new Topic(), "two", new Topic()));
        private final List<Pipeline> idle = new ArrayList<>();
        private final Map<String, Run> open = new HashMap<>();
        private final Map<String, String> recorded = new HashMap<>();
        private long generation;
        private int paused;

        Keyspace(long seed, Fault fault) {
            this.random = new SplittableRandom(seed);
            this.fault = fault;
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
        }

        @Override
        public Generation read() {
            pause();
            return new Generation(generation, List.copyOf(open.values()));
        }

        @Override
        public void put(String purpose, Generation found, Run run) {
            pause();
            if (isUnchanged(found)) {
                generation++;
                open.put(run.topic(), run);
                assertThat(open.values().stream().map(Run::settings).distinct())
                        .as("settings of open runs")
                        .hasSize(1);
            }
        }

        @Override
        public void delete(String purpose, Generation found, String topic) {
            pause();
            if (isUnchanged(found)) {
                generation++;
                open.remove(topic);
            }
        }

        @Override
        public BooleanSupplier isOpenAsync(String topic, UUID run) {
            pause();
            Run found = open.get(topic);
            boolean isOpen = found != null && found.id().equals(run) && !found.stopped();
            return () -> isOpen;
        }

        private boolean isUnchanged(Generation found) {
            Long number = found.number();
            return fault == Fault.CHANGES_COMPARE_NOTHING || (number != null && number == generation);
        }

        /** Pauses the calling pipeline while others run. */
        void pause() {
            if (paused < MAX_PAUSED && oneIn(3)) {
                paused++;
                for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
                    step();
                }
                paused--;
            }
        }

        private void step() {
            Topic any = topics.get(oneIn(2) ? "one" : "two");
            switch (random.nextInt(6)) {
                case 0 -> any.decidedBy.add(null);
                case 1 -> start();
                default -> {
                    if (!idle.isEmpty()) {
                        Pipeline pipeline = idle.remove(random.nextInt(idle.size()));
                        if (oneIn(6) ? !pipeline.stop() : pipeline.applyBatch()) {
                            idle.add(pipeline);
                        }
                    }
                }
            }
        }

        private void start() {
            String topic = oneIn(2) ? "one" : "two";
            Map<String, String> settings = Map.of(
                    "too-old", oneIn(2) ? "off" : "PT1H",
                    "isolation-level", oneIn(2) ? "read_committed" : "read_uncommitted");
            try {
                idle.add(new Pipeline(this, topic, settings));
            } catch (SettingsChangedException e) {
                assertThat(e).hasMessageContaining("was not closed");
            }
        }

        private void admit(Map<String, String> fingerprint, List<Run> found) {
            List<Run> counting = fault == Fault.A_CLOSE_UNLOCKS_SETTINGS_WHILE_ANOTHER_RUN_IS_OPEN && found.size() < 2
                    ? List.of()
                    : found;
            boolean anythingStored = topics.values().stream().anyMatch(topic -> topic.ledger > 0);
            new Admission(recorded, counting, anythingStored, Instant.EPOCH).require(fingerprint);
        }

        boolean oneIn(int chances) {
            return random.nextInt(chances) == 0;
        }
    }

    private static final class Topic {

        /** For each record, the settings with which it was decided first; null if it was not decided. */
        private final List<@Nullable Map<String, String>> decidedBy = new ArrayList<>();

        /** The number of records that the ledger accounts for. */
        private int ledger;
    }

    private static final class Pipeline {

        private final Keyspace keyspace;
        private final Map<String, String> settings;
        private final Topic topic;
        private final Run run;

        /** The number of records that earlier runs may have applied beyond the ledger. */
        private final int unaccounted;

        Pipeline(Keyspace keyspace, String name, Map<String, String> settings) {
            this.keyspace = keyspace;
            this.settings = settings;
            this.topic = keyspace.topics.get(name);
            Map<String, String> fingerprint = new HashMap<>(settings);
            if (keyspace.fault == Fault.A_SETTING_IS_NOT_IN_THE_FINGERPRINT) {
                fingerprint.remove("isolation-level");
            }
            Run wanted =
                    new Run(name, new UUID(0, keyspace.random.nextLong()), Instant.EPOCH, "here", fingerprint, false);
            OpenedRun opened = keyspace.runs.open(wanted, found -> keyspace.admit(fingerprint, found));
            this.run = opened.run();
            if (!keyspace.oneIn(10)) { // otherwise it is killed before
                keyspace.recorded.putAll(fingerprint);
            }
            this.unaccounted = opened.tookOver() ? topic.decidedBy.size() : 0;
        }

        /** Reads records, confirms the run, and applies the records; returns false if the pipeline ends. */
        boolean applyBatch() {
            boolean early = keyspace.fault == Fault.THE_RUN_IS_CONFIRMED_BEFORE_RECORDS_ARE_READ;
            if (early && !isConfirmed()) {
                return false;
            }
            keyspace.pause();
            int from = topic.ledger;
            int to = topic.decidedBy.size();
            keyspace.pause();
            if (!early && !isConfirmed()) {
                return false;
            }
            for (int record = from; record < to; record++) {
                keyspace.pause();
                if (keyspace.oneIn(20)) {
                    return false; // killed
                }
                decide(record);
            }
            keyspace.pause();
            topic.ledger = Math.max(topic.ledger, to);
            return true;
        }

        /** Closes the run if all records are accounted for, and ends; always returns true. */
        boolean stop() {
            boolean isAccounted =
                    topic.ledger >= unaccounted || keyspace.fault == Fault.A_RUN_CLOSES_BEFORE_ALL_IS_ACCOUNTED_FOR;
            if (keyspace.oneIn(3)) {
                return true; // killed
            }
            if (!isAccounted || !keyspace.runs.close(run)) {
                keyspace.runs.markStopped(run);
            }
            return true;
        }

        private boolean isConfirmed() {
            return keyspace.fault == Fault.RECORDS_ARE_APPLIED_WITHOUT_CONFIRMING_THE_RUN
                    || keyspace.runs.isOpenAsync(run.topic(), run.id()).getAsBoolean();
        }

        private void decide(int record) {
            Map<String, String> before = topic.decidedBy.get(record);
            if (before == null) {
                topic.decidedBy.set(record, settings);
            } else {
                assertThat(settings).as("record %d", record).isEqualTo(before);
            }
        }
    }
}
