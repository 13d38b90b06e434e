package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.ReadingDecoder;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What the records of a log bring, by the decoder and the rules of a fold: for those who recount a log. Not
 * thread-safe.
 */
public final class RecordElements {

    private final RecordReader reader;
    private final RebuildCommands commands;

    /**
     * @param settings have no commands where the fold rebuilds no rollups, and reads them as readings
     * @param isQuarantined whether an operator has named the record at an offset to be left out, unread
     */
    public RecordElements(FoldSettings settings, ReadingDecoder decoder, LongPredicate isQuarantined) {
        this.reader = new RecordReader(decoder, settings, isQuarantined);
        this.commands = new RebuildCommands(settings);
    }

    /**
     * Returns the readings that keep the rules, and the rejections, in order; none of a command that is carried out.
     */
    public List<Decoded> of(LogRecord record) {
        return !reader.isQuarantined(record) && commands.commandOf(record) != null ? List.of() : reader.read(record);
    }
}
