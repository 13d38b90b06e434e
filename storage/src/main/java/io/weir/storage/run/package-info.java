/** The runs of pipelines: admission, recorded settings, and failing queries. */
@NullMarked
package io.weir.storage.run;

import org.jspecify.annotations.NullMarked;
