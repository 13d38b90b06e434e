/** How fast the query API answers, asked from outside by several at once. */
@NullMarked
package io.weir.benchmarks.api;

import org.jspecify.annotations.NullMarked;
