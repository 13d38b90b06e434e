/** Devices: when they reported, how often they usually do, and which are silent. */
@NullMarked
package io.weir.query.device;

import org.jspecify.annotations.NullMarked;
