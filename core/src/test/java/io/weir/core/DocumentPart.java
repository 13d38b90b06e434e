package io.weir.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A part of a page in {@code docs} that a test writes when it runs with {@code -Dweir.docs.write=true}. Comments mark
 * where it begins and ends; the rest of the page is left alone.
 */
public final class DocumentPart {

    /** Whether tests shall write their parts. */
    public static final boolean WRITE = Boolean.getBoolean("weir.docs.write");

    private final Path page;
    private final String begin;
    private final String end;

    public DocumentPart(String page, String name) {
        this.page = Modules.CORE.resolveSibling("docs").resolve(page);
        this.begin = "<!-- " + name + ": begin -->\n";
        this.end = "<!-- " + name + ": end -->\n";
    }

    public String read() throws IOException {
        String text = Files.readString(page);
        return text.substring(begins(text), ends(text));
    }

    /**
     * Replaces the part, and says above it how it came about.
     *
     * @param command what has to be run to write it again
     */
    public void write(String command, String content) throws IOException {
        String text = Files.readString(page);
        String origin = "Written on " + LocalDate.now() + " by `" + command + "`.\n\n";
        Files.writeString(
                page, text.substring(0, begins(text)) + "\n" + origin + content + "\n" + text.substring(ends(text)));
    }

    private int begins(String text) {
        return found(text.indexOf(begin), begin) + begin.length();
    }

    private int ends(String text) {
        return found(text.indexOf(end), end);
    }

    private int found(int index, String mark) {
        if (index < 0) {
            throw new IllegalStateException("expected the line " + mark.strip() + " in " + page + ", found none");
        }
        return index;
    }
}
