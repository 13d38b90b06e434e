package io.weir.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of a benchmark command, with the environment and the command line.
 *
 * @param name the name of the files, and of the section in docs/reference/performance.md
 * @param command the command line
 * @param versions the versions of the servers
 * @param table the results as a Markdown table
 * @param found the results for JSON
 */
record Figures(String name, String command, String versions, String table, List<Map<String, Object>> found) {

    /** Writes the results to target/bench and to standard output, and on request to docs/reference/performance.md. */
    void write(boolean docs) throws IOException {
        write(docs, false);
    }

    /** @param json whether to write JSON instead of Markdown to standard output */
    void write(boolean docs, boolean json) throws IOException {
        LocalDate date = LocalDate.now(ZoneOffset.UTC);
        Machine machine = Machine.here();
        String markdown = markdown(date, machine);
        Path out = Files.createDirectories(Home.path().resolve("target/bench"));
        Files.writeString(out.resolve(name + ".md"), markdown);
        String all = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(Map.of(
                        "date", date.toString(),
                        "command", command,
                        "machine", machine,
                        "versions", versions,
                        "found", found));
        Files.writeString(out.resolve(name + ".json"), all);
        if (docs) {
            new PerformancePage(Home.path()).write(name, markdown);
        }
        System.out.println(json ? all : markdown);
    }

    private String markdown(LocalDate date, Machine machine) {
        return String.format(
                Locale.ROOT,
                """
                Written on %s by `%s`.

                %s. %s.

                %s
                """,
                date,
                command,
                machine.sentence(),
                versions,
                table);
    }
}
