package dev.datapipeline.dataset.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.csv.CsvOptions;
import dev.datapipeline.csv.CsvRow;
import dev.datapipeline.csv.CsvRow.CellKind;
import dev.datapipeline.csv.CsvWriter;
import dev.datapipeline.csv.FormulaGuard;
import dev.datapipeline.csv.UnicodeEscapes;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the service writes as CSV it reads again, row by row and cell by cell. */
class CsvRoundTripTest {
    private static final String[] PIECES = {
        "",
        "a",
        "b",
        "1",
        "-5",
        "=1",
        "=",
        "+A1",
        "@x",
        "'",
        "''=a",
        ",",
        ";",
        "\t",
        "|",
        "\"",
        "\r",
        "\n",
        "\r\n",
        " ",
        "\u00a0",
        "\ufeff",
        "é",
        "😀",
        "\\",
        "{",
        "[",
        "ID",
        "PK\u0003\u0004",
        "%PDF-",
        "sep=;",
        "NULL",
        "null",
        "\u0001",
        "\u2028",
        "\u0085",
        "＝1",
        "#",
        "\\N",
        "\\ud83d"
    };

    private final Random random = new Random(16);

    @Test
    void awkwardTablesSurviveARoundTrip() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            List<String> names = names(1 + random.nextInt(4));
            List<List<String>> rows = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(row -> names.stream().map(name -> text()).toList())
                    .toList();
            String nullText = random.nextBoolean() ? "NULL" : "";

            assertComesBack(names, rows, new CsvOptions(random.nextBoolean(), random.nextBoolean(), nullText));
        }
    }

    @Test
    void tableComesBackUpToTheWidthThatIsWritten() throws IOException {
        List<String> names =
                IntStream.range(0, CsvWriter.MAX_COLUMNS).mapToObj(i -> "c" + i).toList();

        assertComesBack(names, List.of(names), CsvOptions.DEFAULT);
    }

    private static void assertComesBack(List<String> names, List<List<String>> rows, CsvOptions options)
            throws IOException {
        byte[] written = write(names, rows, options);

        Reading reading = Reading.of(written, DatasetFormat.CSV);

        String shown = new String(written, UTF_8);
        assertNull(reading.problem(), () -> reading.detail() + "\n" + shown);
        List<List<String>> expected = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                fields.add(guarded(UnicodeEscapes.escapeName(names.get(i)), options) + ": "
                        + guarded(row.get(i), options));
            }
            expected.add(fields);
        }
        assertEquals(expected, fields(reading), shown);
    }

    private static String guarded(String text, CsvOptions options) {
        return options.guardsFormulas() ? FormulaGuard.guard(text) : text;
    }

    private static List<List<String>> fields(Reading reading) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<List<String>> rows = new ArrayList<>();
        for (String record : reading.texts()) {
            JsonNode values = mapper.readTree(record);
            List<String> row = new ArrayList<>();
            values.fieldNames()
                    .forEachRemaining(
                            name -> row.add(name + ": " + values.get(name).textValue()));
            rows.add(row);
        }
        return rows;
    }

    private static byte[] write(List<String> names, List<List<String>> rows, CsvOptions options) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CsvWriter writer = new CsvWriter(target, options);
        writer.writeHeader(names);
        CsvRow row = new CsvRow(names.size());
        for (List<String> texts : rows) {
            for (int i = 0; i < texts.size(); i++) {
                row.set(i, CellKind.TEXT, texts.get(i));
            }
            writer.write(row);
        }
        return target.toByteArray();
    }

    private List<String> names(int number) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < number) {
            names.add(text());
        }
        return List.copyOf(names);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
