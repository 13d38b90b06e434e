package io.weir.metricproducer.file.text;

import java.io.IOException;
import java.io.Reader;

/** A reader of one line of a file, or of this and all following lines. */
public final class LineText extends Reader {

    private final LineReader lines;
    private final boolean all;
    private Line line;
    private String pending;
    private int at;

    /** @param all whether to continue with the following lines */
    public LineText(LineReader lines, Line first, boolean all) {
        this.lines = lines;
        this.all = all;
        this.line = first;
        this.pending = textOf(first);
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        while (at == pending.length()) {
            if (!take()) {
                return -1;
            }
        }
        int count = Math.min(length, pending.length() - at);
        pending.getChars(at, at + count, buffer, from);
        at += count;
        return count;
    }

    /** Skips the rest of the line or of the file. */
    public void skip() throws IOException {
        while (take()) {
            // skipped
        }
        at = pending.length();
    }

    private boolean take() throws IOException {
        if (line.complete() && !all) {
            return false;
        }
        Line next = lines.next();
        if (next == null) {
            return false;
        }
        line = next;
        pending = textOf(next);
        at = 0;
        return true;
    }

    /** Stops at invalid bytes, because a parser would accept their replacement as text. */
    private String textOf(Line piece) {
        if (!piece.isValid()) {
            throw InvalidText.refuse(lines.charset(), piece);
        }
        return piece.complete() ? piece.text() + '\n' : piece.text();
    }

    @Override
    public void close() {
        // the owner of the lines closes them
    }
}
