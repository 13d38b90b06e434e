package io.weir.metricproducer.file.record;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the records of one file in order, in bounded memory. */
public interface RecordSource {

    /**
     * Returns the next record; null at the end.
     *
     * @throws io.weir.metricproducer.PublishException if the file is not in the expected format
     * @throws IOException if the file cannot be read
     */
    @Nullable
    FileRecord next() throws IOException;
}
