package io.weir.storage;

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
 * Random lives of several pipelines of two topics, which start with any settings, are killed, freeze at any call and go
 * on, and close. No record may ever be decided by two different settings, whoever has decided it first: what is stored
 * would depend on when processes failed.
 */
class RunsModelTest {

    private static final int LIVES = 500;

    /** A rule that is dropped, which must show. */
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
        for (long seed = 0; seed < LIVES; seed++) {
            long life = seed;
            assertThatCode(() -> new Keyspace(life, Fault.NONE).live())
                    .as("seed %d", life)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void everyRuleIsNeeded(Fault fault) {
        long failed = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            try {
                new Keyspace(seed, fault).live();
            } catch (AssertionError e) {
                failed++;
            }
        }
        assertThat(failed).as("lives that failed").isPositive();
    }

    /**
     * The tables that all pipelines share. Every call of one pipeline lets others go on first, as if it were frozen.
     */
    private static final class Keyspace implements RunTable {

        private static final int STEPS = 60;
        private static final int MAX_FROZEN = 3;

        private final SplittableRandom random;
        private final Fault fault;
        private final Runs runs = new Runs(this);
        private final Map<String, Topic> topics = new TreeMap<>(Map.of("one", new Topic(), "two", new Topic()));
        private final List<Pipeline> idle = new ArrayList<>();
        private final Map<String, Run> open = new HashMap<>();
        private final Map<String, String> recorded = new HashMap<>();
        private long generation;
        private int frozen;

        Keyspace(long seed, Fault fault) {
            this.random = new SplittableRandom(seed);
            this.fault = fault;
        }

        void live() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
        }

        @Override
        public Generation read() {
            freeze();
            return new Generation(generation, List.copyOf(open.values()));
        }

        @Override
        public void put(String purpose, Generation found, Run run) {
            freeze();
            if (isAsFound(found)) {
                generation++;
                open.put(run.topic(), run);
                assertThat(open.values().stream().map(Run::settings).distinct())
                        .as("settings of open runs")
                        .hasSize(1);
            }
        }

        @Override
        public void delete(String purpose, Generation found, String topic) {
            freeze();
            if (isAsFound(found)) {
                generation++;
                open.remove(topic);
            }
        }

        @Override
        public BooleanSupplier askWhetherOpen(String topic, UUID run) {
            freeze();
            Run found = open.get(topic);
            boolean isOpen = found != null && found.id().equals(run);
            return () -> isOpen;
        }

        private boolean isAsFound(Generation found) {
            Long number = found.number();
            return fault == Fault.CHANGES_COMPARE_NOTHING || (number != null && number == generation);
        }

        /** The pipeline that calls stands still while others go on. */
        void freeze() {
            if (frozen < MAX_FROZEN && oneIn(3)) {
                frozen++;
                for (int steps = 1 + random.nextInt(6); steps > 0; steps--) {
                    step();
                }
                frozen--;
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

        /** By record: the settings by which it was decided first, or null. */
        private final List<@Nullable Map<String, String>> decidedBy = new ArrayList<>();

        /** How many records are accounted for. */
        private int ledger;
    }

    private static final class Pipeline {

        private final Keyspace keyspace;
        private final Map<String, String> settings;
        private final Topic topic;
        private final Run run;

        /** How many records runs before may have left behind the ledger. */
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
            if (!keyspace.oneIn(10)) { // else it is killed before
                keyspace.recorded.putAll(fingerprint);
            }
            this.unaccounted = opened.tookOver() ? topic.decidedBy.size() : 0;
        }

        /** Reads records, confirms the run, and applies them; returns whether the pipeline lives on. */
        boolean applyBatch() {
            boolean early = keyspace.fault == Fault.THE_RUN_IS_CONFIRMED_BEFORE_RECORDS_ARE_READ;
            if (early && !isConfirmed()) {
                return false;
            }
            keyspace.freeze();
            int from = topic.ledger;
            int to = topic.decidedBy.size();
            keyspace.freeze();
            if (!early && !isConfirmed()) {
                return false;
            }
            for (int record = from; record < to; record++) {
                keyspace.freeze();
                if (keyspace.oneIn(20)) {
                    return false; // killed
                }
                decide(record);
            }
            keyspace.freeze();
            topic.ledger = Math.max(topic.ledger, to);
            return true;
        }

        /** Closes the run if all is accounted for, and ends; returns true. */
        boolean stop() {
            boolean isAccounted =
                    topic.ledger >= unaccounted || keyspace.fault == Fault.A_RUN_CLOSES_BEFORE_ALL_IS_ACCOUNTED_FOR;
            if (keyspace.oneIn(3)) {
                return true; // killed
            }
            if (!isAccounted || !keyspace.runs.close(run)) {
                keyspace.runs.noteStopped(run);
            }
            return true;
        }

        private boolean isConfirmed() {
            return keyspace.fault == Fault.RECORDS_ARE_APPLIED_WITHOUT_CONFIRMING_THE_RUN
                    || keyspace.runs.askWhetherOpen(run.topic(), run.id()).getAsBoolean();
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
