package io.weir.storage.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ZoneHistoryTest {

    private static final Instant CHANGE = Instant.parse("2020-03-29T01:00:00Z");

    static {
        ZoneRulesProvider.registerProvider(new TwoReleases());
    }

    @Test
    void parsesItsOwnTextForEveryZone() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneHistory history = ZoneHistory.of(ZoneId.of(id));
            assertThat(ZoneHistory.parse(history.text())).as(id).isEqualTo(history);
            assertThat(history.firstDifference(history)).isEmpty();
        }
        assertThat(ZoneHistory.of(ZoneId.of("UTC")).text()).isEqualTo("=0");
    }

    @Test
    void findsTheFirstDifferenceOfTwoReleases() {
        ZoneHistory before = ZoneHistory.of(ZoneId.of("Weir/Before"));
        ZoneHistory after = ZoneHistory.of(ZoneId.of("Weir/After"));
        assertThat(before.firstDifference(after)).contains(CHANGE);
        assertThat(after.firstDifference(before)).contains(CHANGE);
        assertThat(ZoneHistory.of(ZoneId.of("Europe/Berlin")).firstDifference(ZoneHistory.of(ZoneId.of("UTC"))))
                .contains(Instant.MIN);
    }

    /** Provides two releases of a zone's rules: in the later one, the clock was never put forward in 2020. */
    private static final class TwoReleases extends ZoneRulesProvider {

        @Override
        protected Set<String> provideZoneIds() {
            return Set.of("Weir/Before", "Weir/After");
        }

        @Override
        protected ZoneRules provideRules(String zone, boolean forCaching) {
            ZoneOffset winter = ZoneOffset.ofHours(1);
            ZoneOffsetTransition spring =
                    ZoneOffsetTransition.of(LocalDateTime.ofInstant(CHANGE, winter), winter, ZoneOffset.ofHours(2));
            return ZoneRules.of(
                    winter, winter, List.of(), zone.equals("Weir/Before") ? List.of(spring) : List.of(), List.of());
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
            NavigableMap<String, ZoneRules> versions = new TreeMap<>();
            versions.put("test", provideRules(zone, false));
            return versions;
        }
    }
}
