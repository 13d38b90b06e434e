/** Failures of the application, and which of them may pass. */
@NullMarked
package io.weir.metricconsumer.failure;

import org.jspecify.annotations.NullMarked;
