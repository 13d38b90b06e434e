/** Publishes rejected readings again, once what made them so is repaired. */
@NullMarked
package io.weir.local.redrive;

import org.jspecify.annotations.NullMarked;
