/**
 * Reference implementations for tests: rules, windows and statistics written a second time in the simplest way, so that
 * tests can compare the product with code that shares nothing with it. Slow, without any shortcut.
 */
@NullMarked
package io.weir.core.reference;

import org.jspecify.annotations.NullMarked;
