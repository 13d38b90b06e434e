/**
 * The tables in Cassandra: schema, session, and implementations of the fold's ports. The only code that uses the
 * driver.
 */
@NullMarked
package io.weir.storage;

import org.jspecify.annotations.NullMarked;
