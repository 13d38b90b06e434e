package io.weir.metricproducer.file.text;

import io.weir.metricproducer.PublishException;
import java.nio.charset.Charset;

/** Creates messages for a file that is not in the expected charset. */
public final class InvalidText {

    private InvalidText() {}

    /** Returns the reason of a bad line. */
    public static String reason(Charset charset, Line line) {
        return "not valid " + charset + " at byte " + line.invalidAt()
                + " of the file, expected text in this charset; choose another with --charset";
    }

    /** Returns the exception for a file that cannot be in this charset. */
    public static PublishException refuse(Charset charset, Line line) {
        return new PublishException("not valid " + charset + " at byte " + line.invalidAt() + " (line " + line.number()
                + "); set the file's charset with --charset, for example ISO-8859-1, windows-1252 or UTF-16LE");
    }
}
