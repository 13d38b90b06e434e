/** The tables in Cassandra: schema, session, and the fold's ports. The only code that knows the driver. */
@NullMarked
package io.weir.storage;

import org.jspecify.annotations.NullMarked;
