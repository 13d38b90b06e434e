package io.weir.local.command;

import io.weir.core.text.FailureText;
import io.weir.storage.StoredRejection;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the payloads of rejected readings to a file, for somebody to repair and publish. */
@Command(
        name = "export",
        description = {
            "Write the payloads of rejected readings to a file, one a line as weir publish takes them: to be repaired"
                    + " there, and published as new readings.",
            "Exit code 1 if a payload was cut and the log no longer holds its record."
        },
        footer = {
            "",
            "Example:",
            "  weir rejected export --open --reason missing-field broken.jsonl",
        })
final class RejectedExportCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Mixin
    private RejectedSelection selection = new RejectedSelection();

    @Parameters(paramLabel = "FILE", description = "The file, which is replaced; - for standard output.")
    private String file = "-";

    @Override
    public Integer call() throws IOException {
        selection.check();
        LeftOut leftOut = new LeftOut();
        long written = 0;
        try (RejectedRows rejected = RejectedRows.open(target);
                OutputStream out = create()) {
            Iterator<StoredRejection> rows = rejected.list(selection.filter(rejected.sources(), Long.MAX_VALUE))
                    .iterator();
            while (rows.hasNext()) {
                StoredRejection row = rows.next();
                Optional<byte[]> payload = rejected.payloads().of(row);
                if (payload.isPresent()) {
                    out.write(oneLine(payload.get()));
                    written++;
                } else {
                    leftOut.add(rejected.shown(row), "it was cut, and the log no longer holds its record");
                }
            }
        }
        leftOut.report();
        Terminal.notice(written + " payloads exported");
        return leftOut.isEmpty() ? Weir.DONE : Weir.FAILED;
    }

    private OutputStream create() throws IOException {
        if (file.equals("-")) {
            return Terminal.bytes();
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(Path.of(file)));
        } catch (IOException e) {
            throw new CommandException("The file " + file + " cannot be written: " + FailureText.of(e), e);
        }
    }

    /** A line break in JSON means what a space means; elsewhere it is part of what is to be repaired. */
    private static byte[] oneLine(byte[] payload) {
        byte[] line = new byte[payload.length + 1];
        for (int i = 0; i < payload.length; i++) {
            line[i] = payload[i] == '\n' || payload[i] == '\r' ? (byte) ' ' : payload[i];
        }
        line[payload.length] = '\n';
        return line;
    }
}
