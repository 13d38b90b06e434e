package io.weir.core.fold.engine;

import io.weir.core.fold.port.LogRecord;
import io.weir.core.reading.Decoded;
import io.weir.core.reading.ReadingDecoder;
import java.util.List;
import java.util.function.LongPredicate;

/** Decodes the records of a log by the decoder and the rules of a fold, to recount them. Not thread-safe. */
public final class RecordElements {

    private final RecordReader reader;
    private final RebuildCommands commands;

    /**
     * @param settings with commands only if the fold executes rebuild commands; otherwise they count as readings
     * @param isQuarantined returns true if an operator has quarantined the record at an offset
     */
    public RecordElements(FoldSettings settings, ReadingDecoder decoder, LongPredicate isQuarantined) {
        this.reader = new RecordReader(decoder, settings, isQuarantined);
        this.commands = new RebuildCommands(settings);
    }

    /**
     * Returns the readings that pass the rules, and the rejections, in order; an empty list for an executable command.
     */
    public List<Decoded> of(LogRecord record) {
        return !reader.isQuarantined(record) && commands.commandOf(record) != null ? List.of() : reader.read(record);
    }
}
