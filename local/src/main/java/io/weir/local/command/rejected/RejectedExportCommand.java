package io.weir.local.command.rejected;

import io.weir.core.text.FailureText;
import io.weir.local.command.connection.Target;
import io.weir.local.command.terminal.CommandException;
import io.weir.local.command.terminal.ExitCode;
import io.weir.local.command.terminal.Terminal;
import io.weir.storage.rejected.StoredRejection;
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

/** Writes the payloads of rejected readings to a file, to be repaired and published. */
@Command(
        name = "export",
        description = {
            "Write the payloads of rejected readings to a file, one per line in the format of weir publish, so that"
                    + " they can be repaired and published as new readings.",
            "Exit code 1 if a payload is truncated and the log no longer holds its record."
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

    @Parameters(paramLabel = "FILE", description = "The output file, which is overwritten; - for standard output.")
    private String file = "-";

    @Override
    public Integer call() {
        selection.check();
        try {
            return export();
        } catch (IOException e) {
            throw new CommandException("The file " + file + " cannot be written: " + FailureText.of(e), e);
        }
    }

    private int export() throws IOException {
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
                    leftOut.add(
                            rejected.shown(row), "its payload is truncated, and the log no longer holds its record");
                }
            }
        }
        leftOut.report();
        Terminal.notice(written + " payloads exported");
        return leftOut.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private OutputStream create() throws IOException {
        if (file.equals("-")) {
            return Terminal.bytes();
        }
        return new BufferedOutputStream(Files.newOutputStream(Path.of(file)));
    }

    /** In JSON a line break equals a space; in other text it is part of the payload to repair. */
    private static byte[] oneLine(byte[] payload) {
        byte[] line = new byte[payload.length + 1];
        for (int i = 0; i < payload.length; i++) {
            line[i] = payload[i] == '\n' || payload[i] == '\r' ? (byte) ' ' : payload[i];
        }
        line[payload.length] = '\n';
        return line;
    }
}
