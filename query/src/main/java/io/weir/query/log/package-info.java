/** Reads the log: end offsets, and records without a consumer group. */
@NullMarked
package io.weir.query.log;

import org.jspecify.annotations.NullMarked;
