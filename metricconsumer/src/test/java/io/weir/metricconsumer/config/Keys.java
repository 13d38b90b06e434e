package io.weir.metricconsumer.config;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The known keys. */
final class Keys {

    private Keys() {}

    static Set<String> inReference() {
        return ConfigFactory.parseResources(WeirSettings.class, "reference.conf").entrySet().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
