package io.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of Spark, Kafka and Cassandra, from the names of their jars. */
final class Versions {

    private Versions() {}

    static String sentence(Path home) throws IOException {
        Path servers = home.resolve("servers");
        return "Spark " + in(System.getProperty("java.class.path"), "spark-sql_[\\d.]+")
                + ", Kafka " + in(Files.readString(servers.resolve("kafka/target/classpath")), "kafka_[\\d.]+")
                + ", Cassandra "
                + in(Files.readString(servers.resolve("cassandra/target/classpath")), "cassandra-all");
    }

    private static String in(String classpath, String artifact) {
        Matcher jar = Pattern.compile("/" + artifact + "-(\\d[^/]*)\\.jar").matcher(classpath);
        if (!jar.find()) {
            throw new IllegalStateException("found no jar of " + artifact + " in " + classpath);
        }
        return jar.group(1);
    }
}
