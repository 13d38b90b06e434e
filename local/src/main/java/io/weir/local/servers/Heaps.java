package io.weir.local.servers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heaps of the JVMs of one Weir on one machine. They are derived from the memory of the machine, or from the limit
 * of the container, unless the user sets them.
 *
 * @param bytes of each part's heap
 */
public record Heaps(Map<Part, Long> bytes) {

    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    /**
     * A JVM with a configurable heap. The query API runs in the JVM of the command, with a heap from
     * {@code service.options}.
     */
    public enum Part {
        KAFKA(32, 256 * MIB, GIB),
        CASSANDRA(8, 768 * MIB, 8 * GIB),
        PIPELINE(4, GIB, 8 * GIB);

        private final int share;
        private final long least;
        private final long maxBytes;

        Part(int share, long least, long maxBytes) {
            this.share = share;
            this.least = least;
            this.maxBytes = maxBytes;
        }

        /** Returns the name that users give on the command line. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        private long heapOf(long memory) {
            return Math.max(least, Math.min(maxBytes, memory / share / MIB * MIB));
        }
    }

    /** The smallest default heaps. */
    public static final Heaps LEAST = of(0, Map.of());

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,8})([mMgG])(?:[iI]?[bB])?");

    /**
     * Memory of the query API, and of the JVMs outside of their heaps: threads, code, buffers, Cassandra's memtables.
     */
    private static final long BESIDES = 2 * GIB + 512 * MIB;

    public Heaps {
        bytes = Map.copyOf(bytes);
    }

    /**
     * Returns the heaps for this amount of memory.
     *
     * @param memory that all parts share, in bytes
     * @param named heaps that the user has set, in bytes
     */
    public static Heaps of(long memory, Map<Part, Long> named) {
        Map<Part, Long> heaps = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            heaps.put(part, named.getOrDefault(part, part.heapOf(memory)));
        }
        return new Heaps(heaps);
    }

    /** Returns the memory of this machine, or the limit of its container, in bytes. */
    public static long availableMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /**
     * Parses the size of a heap, in MiB or GiB.
     *
     * @throws IllegalArgumentException if the text is not a size
     */
    public static long parse(String size) {
        Matcher found = SIZE.matcher(size);
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "\"" + size + "\" is not a heap size; expected, for example, 1536m or 2g");
        }
        return Long.parseLong(found.group(1)) * (found.group(2).equalsIgnoreCase("g") ? GIB : MIB);
    }

    /** Returns a warning if the heaps exceed the memory of the machine. */
    public Optional<String> shortageOf(long memory) {
        long needed = bytes.values().stream().mapToLong(Long::longValue).sum() + BESIDES;
        return needed <= memory
                ? Optional.empty()
                : Optional.of("Kafka, Cassandra, the pipeline and the query API need up to " + shown(needed)
                        + " of memory with these heaps: " + this + ". This machine, or its container, has"
                        + " " + shown(memory) + ": it may swap, or the kernel may kill one of the processes. Add"
                        + " memory, or set smaller heaps with --heap PART=SIZE");
    }

    /** Returns the JVM option for the maximum heap of a part; it must come after all other options. */
    public String maximum(Part part) {
        return "-Xmx" + mebibytes(part) + "m";
    }

    /** Returns the JVM option that allocates the full heap at the start. */
    String initial(Part part) {
        return "-Xms" + mebibytes(part) + "m";
    }

    /** For example {@code kafka 256 MiB, cassandra 768 MiB, pipeline 1024 MiB}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : Part.values()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(part.code())
                    .append(' ')
                    .append(mebibytes(part))
                    .append(" MiB");
        }
        return text.toString();
    }

    /** Returns the heap of a part, in MiB. */
    public long mebibytes(Part part) {
        return bytes.getOrDefault(part, part.least) / MIB;
    }

    private static String shown(long size) {
        return String.format(Locale.ROOT, "%.1f GiB", (double) size / GIB);
    }
}
