/** Text on its way out: to a terminal, a log, an answer. */
@NullMarked
package io.weir.core.text;

import org.jspecify.annotations.NullMarked;
