/** Threads. */
@NullMarked
package io.weir.core.concurrent;

import org.jspecify.annotations.NullMarked;
