package io.weir.storage.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses contact points from settings and options. Thread-safe. */
public final class ContactPoints {

    /** The expected format, for messages. */
    public static final String EXPECTED = "host or host:port, separated by commas";

    private static final int DEFAULT_PORT = 9042;
    private static final Pattern CONTACT_POINT = Pattern.compile("([^:\\s]+|\\[[0-9a-fA-F:]+])(?::(\\d{1,5}))?");

    private ContactPoints() {}

    /**
     * Parses a list; host names are not resolved.
     *
     * @throws IllegalArgumentException if the format is wrong; the message is the wrong entry
     */
    public static List<InetSocketAddress> parse(String text) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String point : text.split(",", -1)) {
            Matcher matcher = CONTACT_POINT.matcher(point.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(point);
            }
            String port = matcher.group(2);
            addresses.add(InetSocketAddress.createUnresolved(
                    matcher.group(1), port == null ? DEFAULT_PORT : Integer.parseInt(port)));
        }
        return List.copyOf(addresses);
    }
}
