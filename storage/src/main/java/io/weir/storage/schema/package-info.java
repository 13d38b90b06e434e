/** The schema: setup.cql, the check of existing tables, and the partitions of each table. */
@NullMarked
package io.weir.storage.schema;

import org.jspecify.annotations.NullMarked;
