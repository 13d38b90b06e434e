package io.weir.metricproducer.file;

import io.weir.metricproducer.PublishException;
import java.nio.charset.Charset;

/** Says that a file is not in the charset that it is read in. */
final class InvalidText {

    private InvalidText() {}

    /** Returns why the line is bad. */
    static String reason(Charset charset, Line line) {
        return "not valid " + charset + " at byte " + line.invalidAt()
                + " of the file, expected text in this charset; --charset names another";
    }

    /** Returns the failure of a file that cannot be in this charset. */
    static PublishException refuse(Charset charset, Line line) {
        return new PublishException("not valid " + charset + " at byte " + line.invalidAt() + " (line " + line.number()
                + "); name the file's charset with --charset, for example ISO-8859-1, windows-1252 or UTF-16LE");
    }
}
