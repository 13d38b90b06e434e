package io.weir.core.fold.rollup;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Computes the keys of the rollups that a reading belongs to, for given scopes and resolutions. Not thread-safe. */
public final class RollupKeys {

    private final WindowCalendar calendar;
    private final List<Scope> scopes;
    private final List<Resolution> resolutions;

    public RollupKeys(ZoneId zone, List<Scope> scopes, List<Resolution> resolutions) {
        this.calendar = new WindowCalendar(zone);
        this.scopes = scopes;
        this.resolutions = resolutions;
    }

    /** Returns the keys for all six tables; the device's hour is last. */
    public static RollupKeys all(ZoneId zone) {
        return new RollupKeys(zone, List.of(Scope.GROUP, Scope.DEVICE), Resolution.LONGEST_FIRST);
    }

    /** Returns the number of rollups per resolution that a reading belongs to. */
    public int perWindow() {
        return scopes.size();
    }

    /**
     * Returns the keys of a reading's rollups, grouped by resolution, with the scopes in the same order in each group.
     */
    public List<RollupKey> of(Reading reading) {
        List<RollupKey> keys = new ArrayList<>(scopes.size() * resolutions.size());
        for (Resolution resolution : resolutions) {
            Window window = calendar.windowOf(resolution, reading.time());
            for (Scope scope : scopes) {
                String id = scope == Scope.DEVICE ? reading.device() : reading.group();
                keys.add(new RollupKey(scope, id, reading.metric(), window));
            }
        }
        return keys;
    }
}
