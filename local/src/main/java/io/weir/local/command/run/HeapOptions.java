package io.weir.local.command.run;

import io.weir.local.command.terminal.Terminal;
import io.weir.local.servers.Heaps;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options for the heaps of the JVMs that a command starts. */
final class HeapOptions {

    @Option(
            names = "--heap",
            paramLabel = "PART=SIZE",
            split = ",",
            converter = {PartConverter.class, SizeConverter.class},
            description = "The heap of kafka, cassandra or pipeline, for example pipeline=2g; may be repeated (default:"
                    + " derived from the memory of the machine or container, see docs/how-to/set-the-memory.md).")
    private @Nullable Map<Heaps.Part, Long> named;

    /** Returns the heaps, and warns the user if the machine has too little memory for them. */
    Heaps heaps() {
        long memory = Heaps.availableMemory();
        Heaps heaps = Heaps.of(memory, named == null ? Map.of() : new EnumMap<>(named));
        heaps.shortageOf(memory).ifPresent(Terminal::notice);
        return heaps;
    }

    static final class PartConverter implements ITypeConverter<Heaps.Part> {
        @Override
        public Heaps.Part convert(String text) {
            try {
                return Heaps.Part.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "\"" + text + "\" is not a part with a heap; expected kafka, cassandra or pipeline");
            }
        }
    }

    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Heaps.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
