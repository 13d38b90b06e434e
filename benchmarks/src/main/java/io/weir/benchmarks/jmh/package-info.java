/** The steps of the pipeline by themselves, measured by JMH. */
@NullMarked
package io.weir.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
