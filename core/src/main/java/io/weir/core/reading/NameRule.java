package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/** The rule for names of devices, groups and metrics: 1 to 256 characters that can be shown, stored and compared. */
public final class NameRule {

    /** The most characters of a name, counted in code points: an emoji is one character. */
    public static final int MAX_CHARACTERS = 256;

    /** The most bytes of a name in UTF-8, which takes at most four for a character. */
    public static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    private NameRule() {}

    /** Returns what the name must be and is not, or null if it keeps the rule. */
    public static @Nullable String faultOf(String name) {
        if (name.isEmpty()) {
            return "must not be empty";
        }
        int characters = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                return "must not hold control characters";
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    return "must not hold half a character (an unpaired surrogate)";
                }
                i++;
            }
            characters++;
        }
        return characters > MAX_CHARACTERS ? "must have at most " + MAX_CHARACTERS + " characters" : null;
    }
}
