package io.weir.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a misspelt one was meant to be, for messages. */
public final class NearestName {

    private NearestName() {}

    /**
     * Returns the known name that needs the fewest insertions, deletions and replacements of characters: at most one
     * for every three characters of the misspelt name. Otherwise returns the only known name with the same last part,
     * as of {@code weir.topic} and {@code weir.kafka.topic}. Empty if no name is near.
     */
    public static Optional<String> of(String misspelt, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(misspelt, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> distance(misspelt, name) <= misspelt.length() / 3)
                .or(() -> ofLastPart(misspelt, known));
    }

    private static Optional<String> ofLastPart(String misspelt, Collection<String> known) {
        String part = misspelt.substring(misspelt.lastIndexOf('.') + 1);
        return known.stream()
                .filter(name -> name.endsWith("." + part))
                .reduce((one, other) -> "")
                .filter(name -> !name.isEmpty());
    }

    /** Levenshtein's distance. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
