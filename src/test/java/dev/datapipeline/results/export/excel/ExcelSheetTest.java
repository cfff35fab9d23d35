package dev.datapipeline.results.export.excel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.dataset.ingest.StoredUpload;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as a workbook is read again by the upload. */
class ExcelSheetTest {
    @TempDir
    Path folder;

    private List<String> readBack(List<String> names, CellKind kind, List<String> texts) throws IOException {
        ByteArrayOutputStream workbook = new ByteArrayOutputStream();
        ExcelSheet sheet = new ExcelSheet(workbook);
        sheet.writeHeader(names);
        for (String text : texts) {
            CsvRow row = new CsvRow(names.size());
            row.set(0, kind, text);
            sheet.write(row);
        }
        sheet.end();
        return StoredUpload.of(folder, workbook.toByteArray()).records();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                " blanks ",
                "=HYPERLINK(1)",
                "a<b>&amp;\"c\"",
                "größer 😀",
                "two\nlines\tand a tab",
                "_x0041_ and _x005F_",
                "007"
            })
    void textsComeBack(String text) throws IOException {
        String json = text.replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");

        assertEquals(List.of("{\"a\":\"" + json + "\"}"), readBack(List.of("a"), CellKind.TEXT, List.of(text)));
    }

    @Test
    void charactersThatXmlDoesNotHaveComeBack() throws IOException {
        assertEquals(
                List.of("{\"a\":\"\\u0000\\r\\ud83d\"}"), readBack(List.of("a"), CellKind.TEXT, List.of("\0\r\ud83d")));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0.25, -0.25",
        "1e3, 1E+3",
        "true, true",
        "false, false",
        "9007199254740993, '\"9007199254740993\"'"
    })
    void numbersAndTruthsComeBackWithAllDigits(String literal, String json) throws IOException {
        assertEquals(List.of("{\"a\":" + json + "}"), readBack(List.of("a"), CellKind.LITERAL, List.of(literal)));
    }

    @Test
    void numberIsExactWhenAWorkbookHasIt() {
        assertTrue(ExcelSheet.isExact("0.1"));
        assertTrue(ExcelSheet.isExact("1E+300"));
        assertFalse(ExcelSheet.isExact("0.1000000000000000055511"));
        assertFalse(ExcelSheet.isExact("1e400"));
        assertFalse(ExcelSheet.isExact("1e-400"));
        assertFalse(ExcelSheet.isExact("9".repeat(40)));
    }

    @Test
    void manyRowsAreWritten() throws IOException {
        List<String> texts = Collections.nCopies(2_001, "x");

        assertEquals(2_001, readBack(List.of("a", "b"), CellKind.TEXT, texts).size());
    }

    @Test
    void whatASheetCannotHoldIsRefused() {
        ExcelSheet sheet = new ExcelSheet(new ByteArrayOutputStream());

        sheet.checkRows(1_048_575);
        assertEquals(
                ProblemType.OUT_OF_RANGE,
                assertThrows(ProblemException.class, () -> sheet.checkRows(1_048_576))
                        .type());
        sheet.check(0, CellKind.TEXT, "x".repeat(32_767));
        assertThrows(ProblemException.class, () -> sheet.check(0, CellKind.JSON, "x".repeat(32_768)));
    }
}
