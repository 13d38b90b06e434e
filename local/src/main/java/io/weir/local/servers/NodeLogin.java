package io.weir.local.servers;

import io.weir.core.secret.SecretFile;
import io.weir.core.text.FailureText;
import io.weir.storage.session.CassandraSettings.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The login of an embedded Cassandra. Its password is generated at the first start of the node. Only the node and its
 * clients read the file; the password is on no command line and in no log.
 *
 * @param passwordFile beside the directory of the node, so that the password stays the same for existing data
 */
public record NodeLogin(Path passwordFile) {

    /** The role that {@code io.weir.node.OneRole} writes. */
    private static final String USER = "weir";

    /** Returns the login of the node that keeps its data in a directory. */
    static NodeLogin of(Path node) {
        Path directory = node.toAbsolutePath();
        return new NodeLogin(directory.resolveSibling(directory.getFileName() + ".password"));
    }

    /**
     * Generates the password unless it exists.
     *
     * @throws io.weir.core.secret.SecretFileException if other users may read the file, or it cannot be written
     */
    void generate() {
        try {
            Files.createDirectories(passwordFile.resolveSibling(""));
        } catch (IOException e) {
            throw new UnavailableException("Cannot write " + passwordFile + ": " + FailureText.of(e), e);
        }
        new SecretFile(passwordFile).readOrGenerate();
    }

    /**
     * Reads the login.
     *
     * @throws io.weir.core.secret.SecretFileException if there is no password, or other users may read it
     */
    public Credentials credentials() {
        return new Credentials(USER, new SecretFile(passwordFile).read());
    }

    /** Returns the pipeline settings for this login, as Spark properties that refer to the file. */
    public Map<String, String> settings() {
        return Map.of(
                "spark.weir.cassandra.username", USER, "spark.weir.cassandra.password-file", passwordFile.toString());
    }
}
