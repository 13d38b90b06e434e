package io.weir.core.fold;

/** That a device of a group has sent a metric: what a person picks from. */
public record CatalogEntry(String group, String device, String metric) {}
