/** The executors: one task applies the records of one source to the source's fold. */
@NullMarked
package io.weir.metricconsumer.executor;

import org.jspecify.annotations.NullMarked;
