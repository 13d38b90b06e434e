/** Readers of the tables for queries: streams of rows, read page by page. */
@NullMarked
package io.weir.storage.read;

import org.jspecify.annotations.NullMarked;
