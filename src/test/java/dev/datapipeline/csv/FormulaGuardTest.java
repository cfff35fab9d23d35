package dev.datapipeline.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "+5",
                "-.5",
                "-5.",
                "-1.5e3",
                "-1E+400",
                "+1e-7",
                "-1,234.50",
                "-1.234,56",
                "-1 234,56",
                "-1’234",
                "-1_000",
                "-5%",
                "+5.0 %",
                "-$5.00",
                "-$1,234",
                "-5 €",
                "-€5",
                "-£3",
                "-US$5",
                "-R$ 5,00",
                "-CHF 5",
                "-5 °C",
                "-40°F",
                "- 5",
                "−5",
                "-1/2",
                "-1+2i",
                "-inf",
                "-Infinity",
                "-NaN",
                "(5)",
                "$-5",
                "-(5)",
                "-5,3;-2",
                "-12.5, 45.3"
            })
    void numbersStay(String text) {
        assertEquals(text, FormulaGuard.guard(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+05:30",
                "-05:30",
                "-1:30:15",
                "-0044-03-15",
                "-0044-03-15 10:00:00.5",
                "+12024-01-01T10:00:00Z",
                "+44 20 7946 0958",
                "+1 (555) 010-9999",
                "+1-555-010-9999",
                "+1.555.010.9999",
                "+49(0)30/123456",
                "+1 555 010 9999 ext. 5",
                "+1 555 0100 / +1 555 0101"
            })
    void datesTimesAndTelephoneNumbersStay(String text) {
        assertEquals(text, FormulaGuard.guard(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "--",
                "---",
                "- -",
                "+",
                "+/-",
                "=",
                "==",
                "=>",
                "@",
                "-foo bar",
                "@name",
                "@foo, @bar",
                "+1 for this",
                "+1 great!",
                "- Wow! Great",
                "--verbose",
                "-h, --help",
                "-O2 build",
                "- item one",
                "-> next",
                "-A4 paper",
                "- built in B737",
                "@scope/codec-win32-x64",
                "-Q1/Q2 figures",
                "-A00",
                "- see note (1)",
                "-5 kg (net)",
                "name@example.org",
                "a=b",
                "x;y",
                "a; b",
                "a;-5",
                "a;b=c",
                "\tx",
                "\nfoo",
                "x\n- y",
                "'hello",
                "'-5",
                "  text",
                "｜",
                "＃1"
            })
    void textThatNoSpreadsheetRunsStays(String text) {
        assertEquals(text, FormulaGuard.guard(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=A1",
                "==A1",
                "=\"a\"",
                "=é",
                "=-5",
                "=cmd|' /C calc'!A0",
                "=HYPERLINK(\"http://x\")",
                "={1,2}",
                "='a'!b",
                "+1+1",
                "-1+1",
                "-2+3",
                "+1-1",
                "-1-1",
                "+1*2",
                "-2^3",
                "-1e5-2e5",
                "-1 + 1",
                "-5%+1",
                "-(1)+(2)",
                "-1=1",
                "-1<2",
                "-12.5 -45.3",
                "-2+3+cmd|' /C calc'!A0",
                "+cmd|'/c calc'!''",
                "@cmd|'/c calc'!A0",
                "@SUM(1+1)",
                "@A1",
                "@1+1",
                "+A1",
                "-A1",
                "-$A$1",
                "+A$1",
                "+$A1",
                "-xfd1048576",
                "+A1+B1",
                "-A1:B2",
                "+SUM(A1:A2)",
                "-SUM (1)",
                "- SUM\n(1)",
                "+STDEV.S(1)",
                "-1+f(2)",
                "-foo(bar)",
                "+HYPERLINK(\"http://x\")",
                "-Sheet1!B2",
                "+x!y",
                "-'file:///etc/passwd'#$passwd.A1",
                "+'\\\\host\\s\\[x.xls]S'!A1",
                "-DDE(\"cmd\")",
                "-ПЕЧАТЬ(1)",
                "+\u00a0SUM(1)"
            })
    void formulasGetAnApostrophe(String text) {
        assertEquals("'" + text, FormulaGuard.guard(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " =1",
                "\u00a0=1",
                "\u3000=1",
                "\u200b=1",
                "\ufeff=1",
                "\u0001=1",
                "\u000b=1",
                "\u000c+A1",
                "\u0085=1",
                "＝1+1",
                "＋1+1",
                "－A1",
                "＠SUM(1)",
                "＝１",
                "+ＳＵＭ（1）",
                "﹦1",
                "﹢A1",
                "﹣A1",
                "﹫A1"
            })
    void blanksAndFullWidthSignsHideNoFormula(String text) {
        assertEquals("'" + text, FormulaGuard.guard(text));
    }

    @Test
    void guardsFormulasAfterCharactersThatMayEndACell() {
        assertEquals("x;'=1+1", FormulaGuard.guard("x;=1+1"));
        assertEquals("x; y;' =1+1;z", FormulaGuard.guard("x; y; =1+1;z"));
        assertEquals("x\t'=1\n'+A1\r'@A1", FormulaGuard.guard("x\t=1\n+A1\r@A1"));
        assertEquals("x；'＝1", FormulaGuard.guard("x；＝1"));
        assertEquals("'=1;'=2", FormulaGuard.guard("=1;=2"));
        assertEquals("[\"a;'=1\"]", FormulaGuard.guard("[\"a;=1\"]"));
    }

    @Test
    void formulaBehindLeadingTabsAndLineEndsGetsOneAtBothPlaces() {
        assertEquals("'\t'=1+1", FormulaGuard.guard("\t=1+1"));
        assertEquals("'\r\n'=1+1", FormulaGuard.guard("\r\n=1+1"));
        assertEquals("'\t ;\t'=1", FormulaGuard.guard("\t ;\t=1"));
    }

    @Test
    void textThatLooksGuardedGetsOneMore() {
        assertEquals("''=a", FormulaGuard.guard("'=a"));
        assertEquals("'''=a", FormulaGuard.guard("''=a"));
        assertEquals("x;''=a", FormulaGuard.guard("x;'=a"));
    }

    @Test
    void twoTextsNeverBecomeOne() {
        Random random = new Random(16);
        String[] pieces = {"'", "=", "+", "-", "@", ";", "\t", "\n", " ", "1", "A1", "f(", "!", "x", "＝", "\ufeff", "|"
        };
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = 1 + random.nextInt(6); left > 0; left--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String earlier = texts.put(FormulaGuard.guard(text.toString()), text.toString());
            assertEquals(earlier == null ? text.toString() : earlier, text.toString());
        }
    }

    @Test
    void scansLongTextsOnce() {
        String text = "-a;".repeat(300_000) + "-1" + " ".repeat(1_000_000) + ";-a (".repeat(100_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> FormulaGuard.guard(text));
    }
}
