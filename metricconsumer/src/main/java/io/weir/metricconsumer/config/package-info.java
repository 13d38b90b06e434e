/** The application's settings: typed, with units, checked before anything starts. */
@NullMarked
package io.weir.metricconsumer.config;

import org.jspecify.annotations.NullMarked;
