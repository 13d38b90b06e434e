/** Publishes rejected readings again after the cause of the rejection is fixed. */
@NullMarked
package io.weir.local.redrive;

import org.jspecify.annotations.NullMarked;
