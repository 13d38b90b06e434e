package io.weir.e2e.rig;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A volume in memory that can be filled up. Mounting needs root; without root the test is skipped. */
final class SmallVolume implements AutoCloseable {

    private static final byte[] BLOCK = new byte[4096];

    private final Path directory;

    private SmallVolume(Path directory) {
        this.directory = directory;
    }

    /** Mounts the volume over a directory, whose contents it hides. */
    static SmallVolume mount(Path directory, int megabytes) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting a small volume needs root");
        Files.createDirectories(directory);
        FaultRig.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return new SmallVolume(directory);
    }

    /** Takes all the remaining space; returns its bytes. */
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

    /** Frees the space again. */
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
