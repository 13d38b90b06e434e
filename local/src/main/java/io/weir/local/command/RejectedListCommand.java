package io.weir.local.command;

import io.weir.core.reading.RejectReason;
import io.weir.query.Json;
import io.weir.query.RejectedQuery;
import io.weir.query.ShownRejection;
import io.weir.storage.read.RejectedFilter;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lists the readings that were not stored. */
@Command(
        name = "list",
        description = "Rejected readings with their position in the log, reason and payload.",
        footer = {"", "Example:", "  weir rejected list --reason conflict --limit 20"})
final class RejectedListCommand implements Callable<Integer> {

    @Mixin
    private Target target = new Target();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            converter = ReasonConverter.class,
            description = "Only those with this reason.")
    private @Nullable RejectReason reason;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 1000;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        RejectedFilter filter = new RejectedFilter(null, null, null, null, reason, limit);
        try (Tables tables = Tables.open(target);
                Stream<ShownRejection> rejected = new RejectedQuery(tables.read()).run(filter)) {
            if (output.json()) {
                Json.writeArray(rejected, Terminal.answer());
                Terminal.answer().println();
            } else {
                rejected.forEach(one -> Terminal.answer()
                        .printf(
                                "%s %d:%d:%d  %s  %s%n    %s%n",
                                one.topic(),
                                one.partition(),
                                one.offset(),
                                one.index(),
                                one.reason(),
                                one.detail(),
                                printable(one.payload())));
            }
            return Weir.DONE;
        }
    }

    /** Payloads are whatever was sent: nothing in them may control the terminal. */
    private static String printable(String payload) {
        String shown = payload.replaceAll("\\p{Cntrl}", "\uFFFD");
        return shown.length() > 400 ? shown.substring(0, 400) + "…" : shown;
    }

    static final class ReasonConverter implements ITypeConverter<RejectReason> {

        @Override
        public RejectReason convert(String code) {
            try {
                return RejectReason.ofCode(code);
            } catch (IllegalArgumentException e) {
                StringBuilder known = new StringBuilder();
                for (RejectReason reason : RejectReason.values()) {
                    known.append(known.length() == 0 ? "" : ", ").append(reason.code());
                }
                throw new TypeConversionException("\"" + code + "\" is no reason; expected one of " + known);
            }
        }
    }
}
