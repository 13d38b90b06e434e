/** {@code weir bench}: runs the variants round by round on one log, checks what they wrote, and reports. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
