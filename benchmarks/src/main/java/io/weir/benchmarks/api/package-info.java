/** Measures the query API under concurrent requests from another process. */
@NullMarked
package io.weir.benchmarks.api;

import org.jspecify.annotations.NullMarked;
