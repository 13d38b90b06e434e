/**
 * Reference implementations for tests: rules, windows and statistics written a second time, in the plainest way, so that a
 * test can compare the product with something that shares no code with it. Slow, and free of every shortcut.
 */
@NullMarked
package io.weir.core.reference;

import org.jspecify.annotations.NullMarked;
