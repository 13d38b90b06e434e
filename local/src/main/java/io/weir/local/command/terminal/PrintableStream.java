package io.weir.local.command.terminal;

import io.weir.core.text.PrintableText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Escapes control characters in printed text, because names, payloads and messages that quote them come from devices.
 * Line feeds and tabs pass. Written bytes pass unchanged: they are JSON, which is already escaped.
 */
final class PrintableStream extends PrintStream {

    private final PrintStream target;

    PrintableStream(PrintStream out) {
        super(out, false, StandardCharsets.UTF_8);
        this.target = out;
    }

    /** All other print methods call this one. */
    @Override
    public void print(String text) {
        target.print(PrintableText.lines(String.valueOf(text)));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void print(char c) {
        print(String.valueOf(c));
    }

    @Override
    public void print(char[] characters) {
        print(String.valueOf(characters));
    }

    @Override
    public void println(String text) {
        print(text + System.lineSeparator());
    }

    @Override
    public void println(Object object) {
        println(String.valueOf(object));
    }

    @Override
    public void println() {
        target.println();
    }

    @Override
    public PrintStream printf(String format, Object... arguments) {
        print(String.format(Locale.getDefault(Locale.Category.FORMAT), format, arguments));
        return this;
    }
}
