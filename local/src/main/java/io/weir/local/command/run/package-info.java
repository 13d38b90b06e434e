/** Commands that run the pipeline or the API. */
@NullMarked
package io.weir.local.command.run;

import org.jspecify.annotations.NullMarked;
