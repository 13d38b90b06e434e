package io.weir.core.fold;

import io.weir.core.reading.Decoded;
import io.weir.core.reading.ReadingDecoder;
import java.util.List;

/**
 * What the records of a log bring, by the decoder and the rules of a fold: for those who recount a log. Not thread-safe.
 */
public final class RecordElements {

    private final RecordReader reader;
    private final RebuildCommands commands;
    private final boolean carriesOutCommands;

    /** @param carriesOutCommands whether the fold rebuilds rollups: one that only decides reads commands as readings */
    public RecordElements(FoldSettings settings, ReadingDecoder decoder, boolean carriesOutCommands) {
        this.reader = new RecordReader(decoder, settings);
        this.commands = new RebuildCommands(settings);
        this.carriesOutCommands = carriesOutCommands;
    }

    /** Returns the readings that keep the rules, and the rejections, in order; none of a command that is carried out. */
    public List<Decoded> of(LogRecord record) {
        return carriesOutCommands && commands.commandOf(record) != null ? List.of() : reader.read(record);
    }
}
