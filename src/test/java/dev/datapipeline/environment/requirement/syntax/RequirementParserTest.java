package dev.datapipeline.environment.requirement.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.requirement.Origin;
import dev.datapipeline.environment.requirement.Requirement;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pandas | pandas",
                "  Pandas\t| pandas",
                "Foo__Bar.-baz | foo-bar-baz",
                "pandas >= 2.0, <3 | pandas<3,>=2.0",
                "pandas(>=2) | pandas>=2",
                "pandas (>=2 , <3) | pandas<3,>=2",
                "httpx[HTTP2, Brotli_x] ~=0.27 | httpx[brotli-x,http2]~=0.27",
                "httpx[]==1.* | httpx==1.*",
                "a===1.0-weird | a===1.0-weird",
                "a==1.0.ALPHA1 | a==1.0a1",
                "a; python_version<'3.12' | a; python_version < \"3.12\"",
                "a;os.name=='posix' and (sys_platform=='linux' or extra=='x') | a; os_name == \"posix\" and (sys_platform == \"linux\" or extra == \"x\")",
                "a ; 'linux' in sys_platform or platform_machine not in \"x86_64 arm64\" | a; \"linux\" in sys_platform or platform_machine not in \"x86_64 arm64\"",
                "a>=1;python_full_version>='3.8.0'and os_name=='nt' | a>=1; python_full_version >= \"3.8.0\" and os_name == \"nt\"",
            })
    void requirementHasOneCanonicalText(String text, String canonical) throws Exception {
        String read = RequirementParser.parse(text).text();

        assertEquals(canonical, read);
        assertEquals(canonical, RequirementParser.parse(read).text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-e . | 0 | options of pip",
                "--index-url https://example.com | 0 | options of pip",
                "-r other.txt | 0 | options of pip",
                "pandas --hash=sha256:00 | 7 | options of pip",
                "git+https://example.com/x.git | 0 | addresses",
                "x @ https://example.com/x.whl | 2 | addresses",
                "x@https://example.com/x.whl | 1 | addresses",
                "https://example.com/x.whl | 0 | addresses",
                "file:///etc/passwd | 0 | addresses",
                "./x.whl | 0 | paths",
                "../x | 0 | paths",
                "~/x | 0 | paths",
                "dir/x | 0 | paths",
                "C:\\x | 0 | addresses",
                "x-1.0-py3-none-any.whl | 0 | paths",
                "x-1.0.tar.gz | 0 | paths",
                "pandas=2 | 6 | ==",
                "pandas 2.0 | 7 | not understood",
                "pandas>=2,,<3 | 10 | behind a comma",
                "pandas>=2, | 10 | behind a comma",
                "pandas>= | 8 | a version is expected",
                "pandas~=2 | 8 | two numbers",
                "pandas>=1.* | 8 | == and !=",
                "pandas==x | 8 | not a version",
                "pandas[a | 8 | comma or ]",
                "pandas[a b] | 9 | comma or ]",
                "pandas[,] | 7 | name of an extra",
                "pandas (>=2 | 11 | comma or )",
                "pandas; | 7 | variable of markers",
                "pandas; python | 8 | variable of markers",
                "pandas; python_version | 22 | comparison",
                "pandas; python_version < 3 | 25 | variable of markers",
                "pandas; python_version < '3 | 27 | closing",
                "pandas; python_version not '3' | 27 | \"in\" is expected",
                "pandas; (os_name == 'a' | 23 | expected",
                "pandas; os_name == 'a' or | 25 | variable of markers",
                "pandas; os_name == '$HOME' | 20 | closing",
                "pandas; os_name == 'a' 'b' | 23 | not understood",
                "_pandas | 0 | name of a package",
                "pandas_ | 6 | not understood",
                "pänder | 1 | not understood",
                "'' | 0 | name of a package",
            })
    void whatIsNoRequirementIsRefusedAtItsPlace(String text, int offset, String message) {
        RequirementSyntaxException refused =
                assertThrows(RequirementSyntaxException.class, () -> RequirementParser.parse(text));

        assertTrue(refused.text().contains(message), refused.text());
        assertEquals(offset, refused.offset(), refused.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pandas\nnumpy", "pandas\r", "pandas\n--index-url x"})
    void lineBreakIsRefused(String text) {
        RequirementSyntaxException refused =
                assertThrows(RequirementSyntaxException.class, () -> RequirementParser.parse(text));

        assertEquals(6, refused.offset());
        assertTrue(refused.text().contains("line breaks"), refused.text());
    }

    /** Whatever comes in: what comes out is one line of plain text that is read as the same again. */
    @Test
    void nothingUnknownComesThrough() {
        String signs = "aB1.-_[](),;=<>!~*+'\"@#$/\\ \t\n\rä\0\u2028python_version in";
        Random random = new Random(508);
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder(round % 2 == 0 ? "a" : "");
            int length = random.nextInt(12);
            for (int index = 0; index < length; index++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            try {
                String canonical = RequirementParser.parse(text.toString()).text();
                assertTrue(canonical.matches("[a-z0-9][ -~]*"), canonical);
                assertFalse(canonical.matches(".*[#$@/\\\\].*"), canonical);
                assertEquals(canonical, RequirementParser.parse(canonical).text());
                read++;
            } catch (RequirementSyntaxException refused) {
                assertTrue(refused.offset() >= 0 && refused.offset() <= text.length(), text.toString());
            }
        }
        assertTrue(read > 1000, "only " + read + " were requirements");
    }

    @Test
    void deepParenthesesAreRefused() {
        String text = "a; " + "(".repeat(4000) + "os_name == 'a'" + ")".repeat(4000);

        assertThrows(RequirementSyntaxException.class, () -> RequirementParser.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_version < '3.9' | false",
                "python_version >= '3.9' | true",
                "python_version in '3.9, 3.11' | true",
                "sys_platform == 'linux' and python_version == '3.11' | true",
                "sys_platform == 'win32' or extra == 'x' | false",
                "sys_platform == 'win32' or (os_name == 'posix' and platform_machine != 'arm64') | true",
                "'linux' == sys_platform | true",
                "platform_release >= 'abc' | false",
                "python_version ~= '3.10' | true",
            })
    void markerHoldsOrNot(String marker, boolean holds) {
        Map<String, String> environment = Map.of(
                "python_version", "3.11",
                "sys_platform", "linux",
                "os_name", "posix",
                "platform_machine", "x86_64",
                "platform_release", "6.1");

        assertEquals(holds, new Requirement("a", "a; " + marker, new Origin("test")).appliesIn(environment));
    }
}
