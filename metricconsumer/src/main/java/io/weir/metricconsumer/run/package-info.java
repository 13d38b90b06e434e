/** The run of this process: its settings, when it may be closed, and how old a record may be. */
@NullMarked
package io.weir.metricconsumer.run;

import org.jspecify.annotations.NullMarked;
