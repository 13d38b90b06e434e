package io.weir.core.reading;

import org.jspecify.annotations.Nullable;

/**
 * The place of one element in the bytes of a record: its only JSON object, or one value of its array.
 *
 * @param from the element's first byte
 * @param length the element's length in bytes
 * @param device the device that the element names; null if it names none, or none that keeps the rule for names
 * @param decoded how many readings and rejections the element decodes to; at least one
 */
public record RecordElement(int from, int length, @Nullable String device, int decoded) {}
