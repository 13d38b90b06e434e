/** What an embedded node of Cassandra loads of ours: who may log in, and who may speak to it as another node. */
@NullMarked
package io.weir.node;

import org.jspecify.annotations.NullMarked;
