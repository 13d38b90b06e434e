/** Text for output: to terminals, logs and responses. */
@NullMarked
package io.weir.core.text;

import org.jspecify.annotations.NullMarked;
