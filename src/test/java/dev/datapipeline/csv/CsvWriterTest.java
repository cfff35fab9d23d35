package dev.datapipeline.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.csv.CsvRow.CellKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
    private static final CsvOptions RAW = new CsvOptions(false, false, "");

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a;b", "a|b", "a\tb", "a\nb", "a\rb", " a", "a ", "\ufeffa", "\u0001"})
    void textsThatAReaderCouldSplitOrTrimAreQuoted(String text) throws IOException {
        assertEquals("\"" + text + "\"", cell(CsvOptions.DEFAULT, CellKind.TEXT, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "é𝄞", "-5", "a'b", "a b", "#1", "NULL", "\\N"})
    void otherTextsAreNotQuoted(String text) throws IOException {
        assertEquals(text, cell(CsvOptions.DEFAULT, CellKind.TEXT, text));
    }

    @Test
    void quotesAreWrittenTwice() throws IOException {
        assertEquals("\"say \"\"hi\"\"\"", cell(CsvOptions.DEFAULT, CellKind.TEXT, "say \"hi\""));
        assertEquals("\"\"\"\"", cell(CsvOptions.DEFAULT, CellKind.TEXT, "\""));
    }

    @Test
    void formulasAreGuardedUnlessTheyAreWantedRaw() throws IOException {
        assertEquals("'=1", cell(CsvOptions.DEFAULT, CellKind.TEXT, "=1"));
        assertEquals("\"x;'=1\"", cell(CsvOptions.DEFAULT, CellKind.TEXT, "x;=1"));
        assertEquals("\"[\"\"x;'=1\"\"]\"", cell(CsvOptions.DEFAULT, CellKind.JSON, "[\"x;=1\"]"));
        assertEquals("=1", cell(RAW, CellKind.TEXT, "=1"));
        assertEquals("\"x;=1\"", cell(RAW, CellKind.TEXT, "x;=1"));
    }

    @Test
    void namesAreEscapedAndGuardedAndStayDistinct() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        new CsvWriter(target, CsvOptions.DEFAULT).writeHeader(List.of("=a", "'=a", "\ud83d", "\\ud83d", ""));

        assertEquals("'=a,''=a,\\ud83d,\\\\ud83d,\r\n", target.toString(UTF_8));
    }

    @Test
    void columnsMayBeSeparatedByTabs() throws IOException {
        assertEquals(
                "a\tb\r\n\"x\ty\"\t\r\n",
                table(CsvOptions.DEFAULT.separatedBy('\t'), List.of("a", "b"), CellKind.TEXT, "x\ty"));
    }

    @Test
    void halvesOfSurrogatePairsAreWrittenAsEscapes() throws IOException {
        assertEquals("\\ude00x", cell(CsvOptions.DEFAULT, CellKind.TEXT, "\ude00x"));
        assertEquals("\\ude00x", cell(RAW, CellKind.TEXT, "\ude00x"));
    }

    @Test
    void nullMissingAndEmptyDiffer() throws IOException {
        CsvOptions named = new CsvOptions(false, true, "NULL");

        assertEquals("", cell(CsvOptions.DEFAULT, CellKind.NULL, ""));
        assertEquals("", cell(CsvOptions.DEFAULT, CellKind.MISSING, ""));
        assertEquals("\"\"", cell(CsvOptions.DEFAULT, CellKind.TEXT, ""));
        assertEquals("NULL", cell(named, CellKind.NULL, ""));
        assertEquals("", cell(named, CellKind.MISSING, ""));
        assertEquals("\"\"", cell(named, CellKind.TEXT, ""));
        assertEquals("\"NULL\"", cell(named, CellKind.TEXT, "NULL"));
    }

    @ParameterizedTest
    @EnumSource(
            value = CellKind.class,
            names = {"NULL", "TEXT", "MISSING"})
    void rowOfOneColumnIsNeverAnEmptyLine(CellKind kind) throws IOException {
        assertEquals("a\r\n\"\"\r\n", table(CsvOptions.DEFAULT, List.of("a"), kind, ""));
        assertEquals("\"\"\r\n\"\"\r\n", table(CsvOptions.DEFAULT, List.of(""), kind, ""));
    }

    @Test
    void byteOrderMarkStandsFirstAndOnlyOnce() throws IOException {
        assertEquals("\ufeffa\r\nx\r\n", table(new CsvOptions(true, true, ""), List.of("a"), CellKind.TEXT, "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID",
                "IDs",
                "PK\u0003\u0004",
                "%PDF-1",
                "BZh9",
                "PAR1",
                "[a]",
                "{a}",
                "sep=,",
                "SQLite format",
                "\ufeffa"
            })
    void documentNeverBeginsLikeAnotherKindOfFile(String name) throws IOException {
        String written = table(CsvOptions.DEFAULT, List.of(name, "b"), CellKind.MISSING, "");

        assertTrue(written.startsWith("\"" + name + "\",b\r\n"), written);
    }

    @Test
    void numbersStayAsTheyAre() throws IOException {
        assertEquals("-1.50E+3", cell(CsvOptions.DEFAULT, CellKind.LITERAL, "-1.50E+3"));
        assertEquals("\"0\"", cell(new CsvOptions(false, true, "0"), CellKind.LITERAL, "0"));
    }

    @Test
    void plainTextsNeedNeitherQuotesNorEscapesNorAnApostrophe() {
        for (String text : List.of("NULL", "\\N", "N/A", "-", "(null)", "not known", "")) {
            assertTrue(CsvWriter.isPlain(text), text);
        }
        for (String text : List.of("a,b", "\"", "a;b", " x", "x\t", "\n", "=1", "+A1", "\ud83d", "\0", "\u0085")) {
            assertFalse(CsvWriter.isPlain(text), text);
        }
    }

    private static String cell(CsvOptions options, CellKind kind, String text) throws IOException {
        String written = table(options, List.of("a", "b"), kind, text);
        return written.substring("a,b\r\n".length(), written.length() - ",\r\n".length());
    }

    /** A table with one row, of which only the first cell is filled. */
    private static String table(CsvOptions options, List<String> names, CellKind kind, String text) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CsvWriter writer = new CsvWriter(target, options);
        CsvRow row = new CsvRow(names.size());
        row.set(0, kind, text);
        writer.writeHeader(names);
        writer.write(row);
        return target.toString(UTF_8);
    }
}
