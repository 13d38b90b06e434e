package io.weir.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.cassandra.auth.AuthKeyspace;
import org.apache.cassandra.auth.CassandraRoleManager;
import org.apache.cassandra.cql3.QueryProcessor;
import org.apache.cassandra.exceptions.ConfigurationException;
import org.apache.cassandra.schema.SchemaConstants;
import org.mindrot.jbcrypt.BCrypt;

/**
 * The roles of an embedded node. When the node begins to serve CQL, it has the superuser {@code weir}, with the
 * password of a file, and no longer has Cassandra's default superuser, whose password is public. Roles that its user
 * has created stay.
 *
 * <p>Cassandra's own manager creates the default superuser some time after the start, and leaves it to an administrator
 * to replace it, while it can be used.
 */
public final class OneRole extends CassandraRoleManager {

    private static final String ROLE = "weir";

    /** Guesses need not be made slow: the password has 256 random bits. */
    private static final int HASH_ROUNDS = 4;

    private static final String ROLES = SchemaConstants.AUTH_KEYSPACE_NAME + "." + AuthKeyspace.ROLES;

    private final Path passwordFile;

    /**
     * Takes what the node has read in cassandra.yaml.
     *
     * @param parameters {@code password_file}
     */
    public OneRole(Map<String, String> parameters) {
        String file = parameters.get("password_file");
        if (file == null) {
            throw new ConfigurationException("role_manager has the parameters " + parameters.keySet()
                    + "; expected password_file, the file with the password of " + ROLE);
        }
        passwordFile = Path.of(file);
    }

    /**
     * Writes the role at each start, so that it has the password of the file also in data of another time. The node
     * calls it once it has its tables, and serves CQL when it has returned.
     */
    @Override
    protected void scheduleSetupTask(Callable<Void> createDefaultSuperuser) {
        String hash = BCrypt.hashpw(password(), BCrypt.gensalt(HASH_ROUNDS));
        QueryProcessor.executeInternal("DELETE FROM " + ROLES + " WHERE role = ?", DEFAULT_SUPERUSER_NAME);
        QueryProcessor.executeInternal(
                "INSERT INTO " + ROLES + " (role, is_superuser, can_login, salted_hash) VALUES (?, true, true, ?)",
                ROLE,
                hash);
    }

    private String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the password of " + ROLE + " in " + passwordFile, e);
        }
    }
}
