package io.weir.metricconsumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

    private static final String REWRITE = "mvn -pl metricconsumer -am test -Dtest=ConfigurationPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dweir.docs.write=true";

    /**
     * Surefire sets basedir to the module's directory; an IDE that does not usually runs in the checkout's directory.
     */
    private static final Path PAGE = Path.of(System.getProperty("basedir", "metricconsumer"))
            .toAbsolutePath()
            .resolveSibling("docs/reference/configuration.md");

    @Test
    void thePageMatchesReferenceConf() throws IOException {
        String expected = new ConfigurationPage().text();
        if (Boolean.getBoolean("weir.docs.write")) {
            Files.writeString(PAGE, expected);
        }
        String found = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        assertThat(found)
                .as("docs/reference/configuration.md is stale; rewrite it with: " + REWRITE)
                .isEqualTo(expected);
    }

    @Test
    void everyKeyHasAComment() {
        String page = new ConfigurationPage().text();
        for (String key : Keys.inReference()) {
            String entry = page.substring(page.indexOf("### " + key + "\n"));
            assertThat(entry.split("\n\n")[1]).as(key).doesNotStartWith("Default");
        }
    }
}
