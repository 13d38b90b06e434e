package io.weir.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A volume in memory that can be full. Mounting one takes the rights of root: without them the test is left out. */
final class SmallVolume implements AutoCloseable {

    private static final byte[] BLOCK = new byte[4096];

    private final Path directory;

    private SmallVolume(Path directory) {
        this.directory = directory;
    }

    /** Mounts it over a directory, whose contents it hides. */
    static SmallVolume mount(Path directory, int megabytes) throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "a volume that can be full is mounted with the rights of root");
        Files.createDirectories(directory);
        FaultRig.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallVolume(directory);
    }

    /** Takes all the space that is left; returns how many bytes that were. */
    long fill() throws IOException {
        long taken = 0;
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(BLOCK);
                taken += BLOCK.length;
            }
        } catch (IOException e) {
            if (directory.toFile().getUsableSpace() >= BLOCK.length) {
                throw e;
            }
            return taken;
        }
    }

    /** Gives back what was taken. */
    void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return directory.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        FaultRig.run("umount", "--lazy", directory.toString());
    }
}
