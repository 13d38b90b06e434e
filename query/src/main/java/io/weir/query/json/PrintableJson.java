package io.weir.query.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.weir.core.text.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Escapes the same characters in JSON that {@link PrintableText} escapes in text, so that JSON is safe to print on a
 * terminal. A parser reads the same text as without the escapes. Generators that write bytes always escape unpaired
 * surrogates.
 */
public final class PrintableJson extends CharacterEscapes {

    private static final long serialVersionUID = 1;

    private static final int DELETE = 0x7f;

    private final int[] ascii = standardAsciiEscapesForJSON();

    private PrintableJson() {
        ascii[DELETE] = ESCAPE_STANDARD;
    }

    /** Returns a new factory whose generators escape. */
    public static JsonFactory factory() {
        return new JsonFactory().setCharacterEscapes(new PrintableJson());
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return PrintableText.isControl((char) c) ? new SerializedString(PrintableText.escape((char) c)) : null;
    }
}
