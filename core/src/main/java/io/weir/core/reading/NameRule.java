package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/**
 * The rule for names of devices, groups and metrics: 1 to 256 characters, without control characters or unpaired
 * surrogates.
 */
public final class NameRule {

    /** The most characters of a name, counted in code points: an emoji is one character. */
    public static final int MAX_CHARACTERS = 256;

    /** The maximum UTF-8 length of a name in bytes, at four bytes per character. */
    public static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    private NameRule() {}

    /** Returns the violated requirement, such as "must not be empty"; null if the name is valid. */
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
