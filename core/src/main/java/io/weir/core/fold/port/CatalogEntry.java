package io.weir.core.fold.port;

/** A device, its group and a metric that it has sent, listed for users to choose from. */
public record CatalogEntry(String group, String device, String metric) {}
