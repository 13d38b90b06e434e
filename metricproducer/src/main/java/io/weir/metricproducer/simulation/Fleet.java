package io.weir.metricproducer.simulation;

import io.weir.core.reading.CanonicalJson;
import io.weir.core.reading.Reading;
import io.weir.core.reading.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The devices of a simulation: creates the record of each reading and counts its expected outcome. Deterministic: the
 * same settings and schedule give the same records.
 */
final class Fleet {

    private static final long TEN_YEARS_MILLIS = 315_576_000_000L;
    private static final int LARGEST_CONTRADICTION = 500;
    private static final double CHANCE_OF_ANOTHER_GROUP = 0.25;

    private final SimulationSettings settings;
    private final Schedule schedule;
    private final Random random;
    private final LateTimes lateTimes;
    private final RecentReadings recent;
    private final Outcomes outcomes = new Outcomes();

    Fleet(SimulationSettings settings, Schedule schedule) {
        this.settings = settings;
        this.schedule = schedule;
        this.random = new Random(settings.seed());
        this.lateTimes = new LateTimes(settings.series(), schedule.start());
        this.recent = new RecentReadings(settings.devices());
    }

    /** Returns the expected outcome of the readings so far. */
    Truth truth() {
        return outcomes.truth();
    }

    /** Creates the reading with this number; numbers must come in order, from 0. */
    FleetRecord make(long number) {
        int series = (int) (number % settings.series());
        int device = series % settings.devices();
        SimulatedMetric metric = SimulatedMetric.ALL.get(series / settings.devices());
        Behaviour behaviour = settings.mix().of(random.nextDouble());
        long time = schedule.eventTime(number);
        byte[] value =
                switch (behaviour) {
                    case DUPLICATE -> recent.has(device) ? duplicate(device) : sound(device, metric, time);
                    case CONFLICT -> recent.has(device) ? conflict(device) : sound(device, metric, time);
                    case LATE -> sound(device, metric, lateTimes.hasNext(series) ? lateTimes.next(series) : time);
                    case MALFORMED -> spoilt(device, metric, time);
                    case FUTURE -> future(device, metric, time);
                    case SOUND -> sound(device, metric, time);
                };
        return new FleetRecord(nameOf(device).getBytes(StandardCharsets.UTF_8), value);
    }

    private byte[] sound(int device, SimulatedMetric metric, long time) {
        Measured measured = measure(device, metric, time);
        outcomes.stored();
        recent.keep(device, measured, random);
        return CanonicalJson.bytes(reading(device, groupOf(device), measured));
    }

    private byte[] duplicate(int device) {
        outcomes.duplicate();
        boolean moved = random.nextDouble() < CHANCE_OF_ANOTHER_GROUP;
        int group = moved ? random.nextInt(settings.groups()) : groupOf(device);
        return CanonicalJson.bytes(reading(device, group, recent.any(device, random)));
    }

    private byte[] conflict(int device) {
        outcomes.rejected(RejectReason.CONFLICT);
        Measured first = recent.any(device, random);
        Measured second = first.plusHundredths(1 + random.nextInt(LARGEST_CONTRADICTION));
        return CanonicalJson.bytes(reading(device, groupOf(device), second));
    }

    private byte[] spoilt(int device, SimulatedMetric metric, long time) {
        Spoilt way = Spoilt.WAYS.get(random.nextInt(Spoilt.WAYS.size()));
        outcomes.rejected(way.reason());
        return way.bytes(reading(device, groupOf(device), measure(device, metric, time)));
    }

    private byte[] future(int device, SimulatedMetric metric, long time) {
        outcomes.rejected(RejectReason.TIME_OUT_OF_RANGE);
        Measured measured = measure(device, metric, time + TEN_YEARS_MILLIS);
        return CanonicalJson.bytes(reading(device, groupOf(device), measured));
    }

    private Measured measure(int device, SimulatedMetric metric, long time) {
        return new Measured(metric, time, metric.hundredthsAt(time, characterOf(device), random.nextGaussian()));
    }

    /**
     * Returns a device's individual parameter in [0, 1): the fractional parts of multiples of the golden ratio, which
     * spread evenly.
     */
    private static double characterOf(int device) {
        return device * 0.618_033_988_749_895 % 1;
    }

    private Reading reading(int device, int group, Measured measured) {
        return new Reading(
                nameOf(device), "plant-" + (group + 1), measured.metric().metric(), measured.time(), measured.value());
    }

    private String nameOf(int device) {
        return "d" + settings.seed() + "-" + (device + 1);
    }

    private int groupOf(int device) {
        return device % settings.groups();
    }
}
