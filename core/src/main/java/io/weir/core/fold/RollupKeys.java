package io.weir.core.fold;

import io.weir.core.reading.Reading;
import io.weir.core.rollup.Resolution;
import io.weir.core.rollup.RollupKey;
import io.weir.core.rollup.Scope;
import io.weir.core.rollup.Window;
import io.weir.core.rollup.WindowCalendar;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Names the rollups that a reading lies in, of the scopes and resolutions that a fold is concerned with. */
final class RollupKeys {

    private final WindowCalendar calendar;
    private final List<Scope> scopes;
    private final List<Resolution> resolutions;

    RollupKeys(ZoneId zone, List<Scope> scopes, List<Resolution> resolutions) {
        this.calendar = new WindowCalendar(zone);
        this.scopes = scopes;
        this.resolutions = resolutions;
    }

    /** Those of all six tables; the device's hour comes last. */
    static RollupKeys all(ZoneId zone) {
        return new RollupKeys(zone, List.of(Scope.GROUP, Scope.DEVICE), Resolution.LONGEST_FIRST);
    }

    /** Returns how many rollups of each resolution a reading lies in. */
    int perWindow() {
        return scopes.size();
    }

    /** Returns the rollups, resolution by resolution, and for each in the same order of scopes. */
    List<RollupKey> of(Reading reading) {
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
