package dev.datapipeline.environment.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata in scripts (PEP 723). */
class ScriptBlockTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not closed.
                "# /// script\n# dependencies = ['a']\n",
                // Another kind.
                "# /// other\n# dependencies = ['a']\n# ///\n",
                // Not at the start of the line, or something behind it.
                " # /// script\n# dependencies = ['a']\n# ///\n",
                "# /// script \n# dependencies = ['a']\n# ///\n",
                "#/// script\n# dependencies = ['a']\n# ///\n",
                // A line of code in between.
                "# /// script\n# dependencies = ['a']\n\n# ///\n",
                "# /// script\n#dependencies = ['a']\n# ///\n",
                // Nothing in between.
                "# /// script\n# ///\n",
            })
    void whatIsNoBlockIsNotRead(String source) {
        assertEquals(List.of(), ScriptBlock.in(source));
    }

    @Test
    void blockEndsWithTheLastEndOfAdjacentComments() {
        String source = "# /// script\n# x = '''\n# ///\n# '''\n# ///\n# behind\n\n# ///\n";

        List<ScriptBlock> blocks = ScriptBlock.in(source);

        assertEquals(List.of(new ScriptBlock(2, List.of("x = '''", "///", "'''"))), blocks);
    }

    @Test
    void lineEndsOfOtherSystemsAreTaken() {
        assertEquals(
                List.of("a"),
                read("# /// script\r\n# dependencies = [\"a\"]\r\n# ///\r\n").lines());
        assertEquals(
                List.of("a"),
                read("# /// script\r# dependencies = [\"a\"]\r# ///").lines());
    }

    @Test
    void pythonAloneIsTaken() {
        DeclaredPackages declared = read("# /// script\n# requires-python = \"~=3.11, !=3.12.*\"\n# ///\n");

        assertTrue(declared.isEmpty());
        assertEquals(Optional.of("!=3.12.*,~=3.11"), declared.requiresPython());
    }

    @Test
    void secondBlockIsAnError() {
        String block = "# /// script\n# dependencies = []\n# ///\n";

        assertRefused(block + "\n" + block, "line 5, column 1: a script may have one block");
        assertRefused(block + block, "not valid TOML");
    }

    @Test
    void wrongMetadataIsRefusedAtItsPlace() {
        assertRefused(block("dependencies = [\"a\"", "# next"), "not valid TOML");
        assertRefused(block("dependencies = \"a\""), "line 2, column 3: dependencies must be a list");
        assertRefused(block("dependencies = [1]"), "line 2, column 3: dependencies must be a list");
        assertRefused(block("dependencies = [\"a\"]", "dependencies = [\"b\"]"), "not valid TOML");
        assertRefused(block("requires-python = 3.11"), "line 2, column 3: requires-python must be a text");
        assertRefused(block("", "requires-python = \"3.11\""), "line 3, column 22: requires-python: ");
        assertRefused(block("dependecies = [\"a\"]"), "\"dependecies\" is not known");
        assertRefused(block("dependencies = [\"a\", \"a @ https://x\"]"), "line 2, column 27: addresses are not taken");
        assertRefused(
                block("# dependencies: not \"-r x\"", "dependencies = [", "  \"a#b\", # \"-r x\"", "  \"-r x\"]"),
                "line 4, column 7: ");
        assertRefused(
                block("# dependencies: not \"-r x\"", "dependencies = [", "  \"a\", # \"-r x\"", "  \"-r x\"]"),
                "line 5, column 6: options of pip");
        assertRefused(
                block("[tool.x]", "x-dependencies = 1", "[tool.uv]", "sources = 1"), "line 5, column 3: \"sources\"");
        assertRefused(block("dependencies = [\"-r x\"]"), "line 2, column 20: options of pip");
        assertRefused(block("dependencies = [\"\\u0061=1\"]"), "one version is written with ==");
        assertRefused(block("dependencies = [\"a\\nb\"]"), "line breaks are not taken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[tool.uv.index]]\nurl = \"https://x\"",
                "[tool.uv]\nindex-url = \"https://x\"",
                "[tool.uv]\nextra-index-url = [\"https://x\"]",
                "[tool.uv]\nfind-links = [\".\"]",
                "[tool.uv.sources]\na = { git = \"https://x\" }",
                "[tool]\nuv = { sources = { a = { path = \".\" } } }",
                "[tool.uv]\noverride-dependencies = [\"a\"]",
            })
    void sourcesOfPackagesAreRefused(String settings) {
        assertRefused(block(settings.split("\n")), "of tool.uv is not taken");
    }

    @Test
    void otherToolsMaySayWhatTheyLike() {
        assertEquals(
                List.of("a"),
                read(block(
                                "dependencies = ['a']",
                                "[tool.uv]",
                                "exclude-newer = '2026-01-01T00:00:00Z'",
                                "[tool.x]",
                                "y = 1"))
                        .lines());
    }

    private static String block(String... lines) {
        StringBuilder block = new StringBuilder("# /// script\n");
        for (String line : lines) {
            block.append(line.isEmpty() ? "#" : "# ").append(line).append('\n');
        }
        return block.append("# ///\n").toString();
    }

    private static DeclaredPackages read(String source) {
        return DeclaredPackages.read(
                PackageList.of(List.of()), "/packages", List.of(new ScriptSource("a.py", source, "/source")));
    }

    private static void assertRefused(String source, String message) {
        ProblemException problem = assertThrows(ProblemException.class, () -> read(source));

        assertTrue(problem.detail().startsWith("/source: "), problem.detail());
        assertTrue(problem.detail().contains(message), problem.detail());
    }
}
