package dev.datapipeline.environment.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.datapipeline.problem.FieldError;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredPackagesTest {
    private static final String BLOCK = """
            import os
            # /// script
            # requires-python = ">=3.11"
            # dependencies = [
            #   "pandas>=2",
            #   'httpx[http2]',
            # ]
            #
            # [tool.other]
            # anything = { x = 1 }
            # ///
            print("pandas")
            """;

    @Test
    void panelAndScriptsAreJoinedWithTheirOrigins() {
        DeclaredPackages declared = DeclaredPackages.read(
                PackageList.of(List.of("numpy", "Pandas >= 2")),
                "/environment/packages",
                List.of(script("clean.py", BLOCK), script("plain.py", "print('# /// script')")));

        assertEquals(List.of("httpx[http2]", "numpy", "pandas>=2"), declared.lines());
        assertEquals(Optional.of(">=3.11"), declared.requiresPython());
        assertEquals("packages, line 2 and script clean.py", declared.originsOf("pandas>=2"));
    }

    @Test
    void keyDependsOnTheMeaningAlone() {
        String one = panel("pandas >=2, <3", "numpy").key();

        assertEquals(one, panel("NumPy", "pandas<3,>=2", "numpy").key());
        assertNotEquals(one, panel("numpy", "pandas<3").key());
        assertNotEquals(DeclaredPackages.NONE.key(), new DeclaredPackages(List.of(), Optional.of(">=3.11")).key());
    }

    @Test
    void nothingIsDeclaredWhereNothingIsWritten() {
        DeclaredPackages declared =
                DeclaredPackages.read(PackageList.of(List.of()), "/packages", List.of(script("a", "x = 1")));

        assertTrue(declared.isEmpty());
        assertEquals(DeclaredPackages.NONE, declared);
    }

    @Test
    void everyErrorIsToldWithItsPlace() {
        ProblemException problem = assertThrows(
                ProblemException.class,
                () -> DeclaredPackages.read(
                        PackageList.of(Arrays.asList("pandas", "-e .", null, "numpy=2")),
                        "/environment/packages",
                        List.of(script("clean.py", BLOCK.replace("pandas>=2", "pandas>>2")))));

        assertEquals(ProblemType.PACKAGES_INVALID, problem.type());
        assertEquals(
                List.of("/environment/packages/1", "/environment/packages/2", "/environment/packages/3", "/clean.py"),
                problem.errors().stream().map(FieldError::pointer).toList());
        assertTrue(
                problem.errors().get(2).message().startsWith("line 1, column 6: "),
                problem.errors().get(2).message());
        assertTrue(
                problem.errors().get(3).message().startsWith("line 5, column 13: "),
                problem.errors().get(3).message());
    }

    @Test
    void tooMuchIsRefused() {
        assertPanelRefused("100 requirements", Collections.nCopies(101, "a"));
        assertPanelRefused("8 KB", List.of("a>=" + "1".repeat(9000)));
        List<ScriptSource> scripts = List.of(script("one", dependencies(0, 60)), script("two", dependencies(60, 120)));

        ProblemException problem = assertThrows(
                ProblemException.class, () -> DeclaredPackages.read(PackageList.of(List.of()), "/p", scripts));

        assertTrue(problem.detail().contains("120 requirements"), problem.detail());
    }

    @Test
    void requirementsFileMayHaveCommentsBlankLinesAndContinuations() {
        String text = """
                \uFEFF# what we need

                pandas>=2  # the newest
                \tnumpy; \\
                  python_version >= '3.11'\r
                name#not-a-comment-but-wrong
                """;

        ProblemException problem = assertThrows(ProblemException.class, () -> RequirementsFile.read(text));
        PackageList read = RequirementsFile.read(text.replace("name#not-a-comment-but-wrong", "httpx\\\n>=1"));

        assertEquals("/packages", problem.errors().getFirst().pointer());
        assertTrue(problem.detail().contains("line 6, column 5: "), problem.detail());
        assertEquals(List.of("pandas>=2", "numpy;   python_version >= '3.11'", "httpx>=1"), read.entries());
    }

    @Test
    void requirementOfAFileIsNamedByItsLineThere() {
        PackageList file = RequirementsFile.read("# we need\n\n  pandas >=2 # new\r\n\\\n \\\n numpy\\\n<2\n");

        DeclaredPackages declared = DeclaredPackages.read(file, "/packages", List.of());

        assertEquals(List.of(3, 6), file.lines());
        assertEquals("packages, line 3", declared.originsOf("pandas>=2"));
        assertEquals("packages, line 6", declared.originsOf("numpy<2"));
    }

    @Test
    void placeIsRightBehindAContinuation() {
        ProblemException problem =
                assertThrows(ProblemException.class, () -> RequirementsFile.read("pandas \\\n >=2, \\\n  <<3\n"));

        assertTrue(problem.detail().contains("line 3, column 4: "), problem.detail());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--index-url https://example.com/simple",
                "-i https://example.com/simple",
                "--extra-index-url=x",
                "--find-links .",
                "-r other.txt",
                "-c constraints.txt",
                "-e .",
                "--pre",
                "pandas --hash=sha256:abc",
                "pandas --config-settings x=y",
                "git+ssh://git@example.com/x",
                "pkg @ file:///x.whl",
                "${NAME}",
                "pandas==${VERSION}",
            })
    void nothingButRequirementsIsTakenOfAFile(String line) {
        ProblemException problem =
                assertThrows(ProblemException.class, () -> RequirementsFile.read("numpy\n" + line + "\n"));

        assertTrue(problem.detail().startsWith("/packages: line 2, column "), problem.detail());
    }

    @Test
    void declarationIsKeptAsJson() throws Exception {
        ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());
        DeclaredPackages declared =
                DeclaredPackages.read(PackageList.of(List.of("numpy")), "/p", List.of(script("a", BLOCK)));

        String written = json.writeValueAsString(declared);

        assertEquals(declared, json.readValue(written, DeclaredPackages.class));
    }

    private static void assertPanelRefused(String message, List<String> panel) {
        ProblemException problem = assertThrows(
                ProblemException.class, () -> DeclaredPackages.read(PackageList.of(panel), "/packages", List.of()));

        assertTrue(problem.detail().contains(message), problem.detail());
    }

    private static String dependencies(int from, int to) {
        StringBuilder block = new StringBuilder("# /// script\n# dependencies = [\n");
        for (int number = from; number < to; number++) {
            block.append("#   \"p").append(number).append("\",\n");
        }
        return block.append("# ]\n# ///\n").toString();
    }

    private static DeclaredPackages panel(String... lines) {
        return DeclaredPackages.read(PackageList.of(List.of(lines)), "/packages", List.of());
    }

    private static ScriptSource script(String name, String source) {
        return new ScriptSource(name, source, "/" + name);
    }
}
