package io.weir.storage.sstable;

import java.io.Serializable;

/**
 * How to load rows in bulk: into a node of this machine, which has all of the data.
 *
 * @param minRows fewer at once are written by CQL
 * @param rollups whether rollups are loaded as well as readings: what writes them waits until they are
 * @param jars of the node and of the module {@code sstables}, separated as in a class path
 * @param directory for SSTables on their way, on the file system of the node's data
 * @param node the node's process, of the same user
 */
public record BulkSettings(int minRows, boolean rollups, String jars, String directory, long node)
        implements Serializable {

    public BulkSettings withoutRollups() {
        return new BulkSettings(minRows, false, jars, directory, node);
    }
}
