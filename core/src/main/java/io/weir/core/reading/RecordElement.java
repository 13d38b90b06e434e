package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/**
 * The position of one element in the bytes of a record: its only JSON object, or one value of its array.
 *
 * @param from the offset of the element's first byte
 * @param length the element's length in bytes
 * @param device the element's device; null if it is absent or not a valid name
 * @param decoded the number of readings and rejections that the element decodes to; at least one
 */
public record RecordElement(int from, int length, @Nullable String device, int decoded) {}
