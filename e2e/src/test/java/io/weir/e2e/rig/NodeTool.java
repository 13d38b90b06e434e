package io.weir.e2e.rig;

import com.sun.tools.attach.VirtualMachine;
import io.weir.local.servers.PortChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Runs Cassandra's {@code nodetool} for a node of a test, which opens no management port by itself. */
public final class NodeTool {

    private static final Path HOME = Path.of(System.getProperty("weir.home"));

    private final Path home;
    private final int port;
    private final String classpath;

    private NodeTool(Path home, int port, String classpath) {
        this.home = home;
        this.port = port;
        this.classpath = classpath;
    }

    /**
     * Opens a management port of the node's process, on the loopback interface.
     *
     * @param home the directory of nodetool's history
     */
    public static NodeTool of(long process, Path home) throws Exception {
        int port = PortChoice.any().take("nodetool", "none", notice -> {});
        VirtualMachine node = VirtualMachine.attach(Long.toString(process));
        try {
            Properties agent = new Properties();
            agent.setProperty("com.sun.management.jmxremote.host", "127.0.0.1");
            agent.setProperty("com.sun.management.jmxremote.port", Integer.toString(port));
            agent.setProperty("com.sun.management.jmxremote.rmi.port", Integer.toString(port));
            agent.setProperty("com.sun.management.jmxremote.authenticate", "false");
            agent.setProperty("com.sun.management.jmxremote.ssl", "false");
            node.startManagementAgent(agent);
        } finally {
            node.detach();
        }
        Path jars = HOME.resolve("servers/cassandra/target/classpath");
        return new NodeTool(home, port, Files.readString(jars).strip());
    }

    /** Runs a command such as {@code snapshot -t name weir}; returns its output. Throws if the command fails. */
    public String run(String... command) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + HOME.resolve("servers/cassandra/src/main/conf/modules17.options"),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                classpath,
                "org.apache.cassandra.tools.NodeTool",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port)));
        all.addAll(List.of(command));
        return Tool.withMinutes(2).run(all).text();
    }
}
