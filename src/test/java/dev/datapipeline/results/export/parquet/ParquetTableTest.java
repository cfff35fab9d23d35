package dev.datapipeline.results.export.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.dataset.ingest.StoredUpload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written as a Parquet file is read again by the upload. */
class ParquetTableTest {
    @TempDir
    Path folder;

    private List<String> readBack(CellKind kind, List<String> texts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ParquetTable table = new ParquetTable(file);
        texts.forEach(text -> table.check(0, text.isEmpty() ? CellKind.NULL : kind, text));
        table.writeHeader(List.of("a"));
        for (String text : texts) {
            CsvRow row = new CsvRow(1);
            row.set(0, text.isEmpty() ? CellKind.NULL : kind, text);
            table.write(row);
        }
        table.end();
        return StoredUpload.of(folder, file.toByteArray()).records();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 2 | 1 | 2",
                "1 | 0.5 | 1.0 | 0.5",
                "true | false | true | false",
                "1 | true | \"1\" | \"true\"",
                "9007199254740993 | 1 | 9007199254740993 | 1",
                "9007199254740993 | 0.5 | \"9007199254740993\" | \"0.5\"",
                "0.1000000000000000055511 | 1 | \"0.1000000000000000055511\" | \"1\"",
                "1e400 | 1 | \"1e400\" | \"1\""
            })
    void columnHasTheNarrowestTypeThatKeepsAllDigits(String one, String other, String first, String second)
            throws IOException {
        assertEquals(
                List.of("{\"a\":" + first + "}", "{\"a\":" + second + "}", "{\"a\":null}"),
                readBack(CellKind.LITERAL, List.of(one, other, "")));
    }

    @Test
    void textsComeBack() throws IOException {
        assertEquals(
                List.of("{\"a\":\"größer 😀\"}", "{\"a\":\"[1]\"}", "{\"a\":\"\\\\ud83d\"}"),
                readBack(CellKind.TEXT, List.of("größer 😀", "[1]", "\ud83d")));
    }

    @Test
    void manyRowsAreSeveralPagesAndRowGroups() throws IOException {
        List<String> texts = Collections.nCopies(50_000, "x".repeat(1_000));

        assertEquals(50_000, readBack(CellKind.TEXT, texts).size());
    }
}
