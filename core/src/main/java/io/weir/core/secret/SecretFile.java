package io.weir.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A file that contains a secret: a key, a password or a token. Only its owner may read or write it; a file of root may
 * also be readable by its group, because container platforms mount secrets that way.
 *
 * @param path the path of the file
 */
public record SecretFile(Path path) {

    /** The permissions of a file that only its owner may read and write. */
    public static final Set<PosixFilePermission> OWNER_ONLY = Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private static final Set<PosixFilePermission> OF_ROOT = Set.copyOf(PosixFilePermissions.fromString("rw-r-----"));
    private static final int MAX_BYTES = 4096;
    private static final int RANDOM_BYTES = 32;

    /**
     * Returns the text of the file without surrounding white space.
     *
     * @throws SecretFileException if the file does not exist, is empty or larger than 4 KiB, or others may access it
     */
    public String read() {
        requirePrivate();
        try {
            byte[] bytes = Files.readAllBytes(path);
            String text = new String(bytes, UTF_8).strip();
            if (text.isEmpty() || bytes.length > MAX_BYTES) {
                throw new SecretFileException(
                        path + " has " + bytes.length + " bytes; expected a secret of 1 to " + MAX_BYTES + " bytes");
            }
            return text;
        } catch (IOException e) {
            throw new SecretFileException("cannot read the secret in " + path + ": " + e, e);
        }
    }

    /**
     * Returns the text of the file. If the file does not exist, creates it with 256 random bits as 64 hexadecimal
     * digits. Must not be called by several processes at the same time.
     *
     * @throws SecretFileException as {@link #read}, or if the file cannot be written
     */
    public String readOrGenerate() {
        if (!Files.exists(path)) {
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            create(HexFormat.of().formatHex(random));
        }
        return read();
    }

    /**
     * Checks that only the file's owner may read or write it.
     *
     * @throws SecretFileException if others may, or the file does not exist
     */
    public void requirePrivate() {
        PosixFileAttributes found;
        try {
            found = Files.readAttributes(path, PosixFileAttributes.class);
        } catch (IOException e) {
            throw new SecretFileException("cannot read the secret in " + path + ": " + e, e);
        }
        Set<PosixFilePermission> allowed = "root".equals(found.owner().getName()) ? OF_ROOT : OWNER_ONLY;
        Set<PosixFilePermission> wider = EnumSet.noneOf(PosixFilePermission.class);
        wider.addAll(found.permissions());
        wider.remove(PosixFilePermission.OWNER_EXECUTE);
        wider.removeAll(allowed);
        if (!wider.isEmpty()) {
            throw new SecretFileException(path + " holds a secret and has the mode "
                    + PosixFilePermissions.toString(found.permissions())
                    + "; expected no access for other users: chmod 600 "
                    + path + ", and replace the secret if others may have read it");
        }
    }

    /** Writes the secret to a draft, and renames the draft when it is complete. */
    private void create(String secret) {
        Path draft = path.resolveSibling(path.getFileName() + ".draft");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(draft, secret + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SecretFileException("cannot write a secret to " + path + ": " + e, e);
        }
    }
}
