/** The registry of sources: one number for each incarnation of a topic partition, until it is retired. */
@NullMarked
package io.weir.storage.source;

import org.jspecify.annotations.NullMarked;
