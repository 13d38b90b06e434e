/** Reads rows page by page, and merges and concatenates the streams of several partitions. */
@NullMarked
package io.weir.storage.read;

import org.jspecify.annotations.NullMarked;
