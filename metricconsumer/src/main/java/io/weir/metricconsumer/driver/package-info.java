/** The driver: starts, supervises and stops the streaming queries. */
@NullMarked
package io.weir.metricconsumer.driver;

import org.jspecify.annotations.NullMarked;
