package io.weir.local.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.fold.command.RebuildCommand;
import io.weir.core.fold.port.RawSpan;
import io.weir.core.rollup.Scope;
import io.weir.storage.admin.RebuildRequest;
import io.weir.storage.catalog.CatalogReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandListTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-03-28T23:00:00Z");
    private static final Instant NEXT_MIDNIGHT = Instant.parse("2026-03-29T22:00:00Z"); // a day of 23 hours
    private static final Instant END = Instant.parse("2026-03-29T22:00:00.001Z");

    /** The device d is in both groups, e only in the second. */
    private final CatalogReader catalog = new CatalogReader() {
        @Override
        public Stream<String> groups(String after) {
            return Stream.of("g", "h");
        }

        @Override
        public Stream<String> devicesOf(String group, String after) {
            return group.equals("g") ? Stream.of("d") : Stream.of("d", "e");
        }

        @Override
        public Stream<String> groupsOf(String device) {
            return device.equals("d") ? Stream.of("g", "h") : Stream.of("h");
        }

        @Override
        public Stream<String> metricsOfGroup(String group) {
            return group.equals("g") ? Stream.of("heat") : Stream.of("heat", "noise");
        }

        @Override
        public Stream<String> metricsOfDevice(String device) {
            return Stream.of(device.equals("d") ? "heat" : "noise");
        }
    };

    @Test
    void aDevicesReadingsAreInItsGroupsRollupsToo() {
        assertThat(names(Scope.DEVICE, "d", null)).containsExactly("DEVICE d heat", "GROUP g heat", "GROUP h heat");
        assertThat(names(Scope.DEVICE, "e", null)).containsExactly("DEVICE e noise", "GROUP h noise");
    }

    @Test
    void aGroupsReadingsAreInItsDevicesRollupsToo() {
        assertThat(names(Scope.GROUP, "h", null))
                .containsExactly("GROUP h heat", "GROUP h noise", "DEVICE d heat", "DEVICE e noise");
        assertThat(names(Scope.GROUP, "h", "heat")).containsExactly("GROUP h heat", "DEVICE d heat");
    }

    @Test
    void withoutAFilterEverythingIsRebuilt() {
        assertThat(names(null, null, "noise")).containsExactly("GROUP h noise", "DEVICE e noise");
        assertThat(names(null, null, null)).contains("GROUP g heat", "GROUP h heat", "DEVICE d heat", "DEVICE e noise");
    }

    @Test
    void aSpanIsSplitIntoDaysOfThePipelinesZone() {
        assertThat(list(Scope.DEVICE, "e", null, NOON, END).all().limit(3))
                .containsExactly(
                        command("e", NOON, MIDNIGHT),
                        command("e", MIDNIGHT, NEXT_MIDNIGHT),
                        command("e", NEXT_MIDNIGHT, END));
    }

    @Test
    void resumesAfterTheLastCompletedCommand() {
        CommandList list = list(Scope.GROUP, "h", null, NOON, END);
        List<RebuildCommand> all = list.all().toList();
        assertThat(list.after(null)).isEqualTo(all).hasSize(12);
        assertThat(list.after(all.get(6))).isEqualTo(all.subList(7, 12));
        assertThat(list.after(all.get(11))).isEmpty();
    }

    private List<String> names(@Nullable Scope scope, @Nullable String id, @Nullable String metric) {
        return list(scope, id, metric, NOON, MIDNIGHT)
                .all()
                .map(command -> command.raw().scope() + " " + command.raw().id() + " "
                        + command.raw().metric())
                .toList();
    }

    private CommandList list(
            @Nullable Scope scope, @Nullable String id, @Nullable String metric, Instant from, Instant to) {
        return new CommandList(new RebuildRequest("readings", from, to, scope, id, metric, true), catalog, ZONE);
    }

    private static RebuildCommand command(String device, Instant from, Instant to) {
        return new RebuildCommand(
                new RawSpan(Scope.DEVICE, device, "noise", from.toEpochMilli(), to.toEpochMilli()), true);
    }
}
