package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that relative links in Markdown, and pages that messages and comments name, exist. */
class DocumentLinksTest {

    private static final Path HOME = SourceFiles.HOME;

    private static final Set<String> SOURCES = Set.of("java", "conf", "cql", "js", "yaml", "properties", "xml");

    private static final Pattern FENCED = Pattern.compile("^ *```.*?^ *```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\n]+`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern SCHEME = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);
    private static final Pattern LINKED_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");
    private static final Pattern PAGE = Pattern.compile("docs/[a-z0-9/-]+\\.md");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void everyRelativeLinkHasATarget() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> pages = filesEndingWith(Set.of("md"));
        for (Path page : pages) {
            String prose = without(CODE, without(FENCED, Files.readString(page)));
            for (MatchResult link : LINK.matcher(prose).results().toList()) {
                if (!SCHEME.matcher(link.group(1)).matches() && !hasTarget(page, link.group(1))) {
                    broken.add(HOME.relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(20);
        assertThat(broken).as("links to a file or heading that does not exist").isEmpty();
    }

    @Test
    void everyPageNamedInSourcesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path source : filesEndingWith(SOURCES)) {
            for (MatchResult page :
                    PAGE.matcher(Files.readString(source)).results().toList()) {
                if (!Files.exists(HOME.resolve(page.group()))) {
                    missing.add(HOME.relativize(source) + ": " + page.group());
                }
            }
        }
        assertThat(missing).as("pages that do not exist").isEmpty();
    }

    private boolean hasTarget(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return hash < 0 || anchorsOf(target).contains(link.substring(hash + 1));
    }

    private Set<String> anchorsOf(Path page) throws IOException {
        Set<String> known = anchors.get(page);
        if (known == null) {
            known = new HashSet<>();
            for (MatchResult heading : HEADING.matcher(without(FENCED, Files.readString(page)))
                    .results()
                    .toList()) {
                String anchor = anchor(heading.group(1));
                String unique = anchor;
                for (int i = 1; !known.add(unique); i++) {
                    unique = anchor + "-" + i;
                }
            }
            anchors.put(page, known);
        }
        return known;
    }

    /** Returns the anchor that GitHub generates for a heading. */
    private static String anchor(String heading) {
        String text = LINKED_TEXT.matcher(heading).replaceAll("$1").toLowerCase(Locale.ROOT);
        return NOT_IN_ANCHOR.matcher(text).replaceAll("").replace(' ', '-');
    }

    private static String without(Pattern part, String text) {
        return part.matcher(text).replaceAll("");
    }

    private static List<Path> filesEndingWith(Set<String> extensions) throws IOException {
        return SourceFiles.matching(file -> {
            String name = file.getFileName().toString();
            return extensions.contains(name.substring(name.lastIndexOf('.') + 1));
        });
    }
}
