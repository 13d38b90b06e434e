/** The command line of Weir. */
@NullMarked
package io.weir.local;

import org.jspecify.annotations.NullMarked;
