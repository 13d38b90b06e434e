package io.weir.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A part of a page in {@code docs} that a test generates when it runs with {@code -Dweir.docs.write=true}. Comments
 * mark its begin and end; the rest of the page is not changed.
 */
public final class DocumentPart {

    /** True if tests must write their parts. */
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
     * Replaces the part, with a line above it that states how it was generated.
     *
     * @param command the command that generates the part again
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
