package dev.datapipeline.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Lines of CSV (RFC 4180). */
final class CsvLines {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final OutputStream target;

    CsvLines(OutputStream target) {
        this.target = target;
    }

    /** Names of columns are keys of the user's data: they are made harmless as well. */
    void writeHeader(Collection<String> names) throws IOException {
        write(names.stream().map(CsvLines::harmless).toArray(String[]::new));
    }

    /** @param cells null for an empty one */
    void write(@Nullable String[] cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            line.append(i == 0 ? "" : ",").append(quoted(cells[i]));
        }
        target.write(line.append("\r\n").toString().getBytes(UTF_8));
    }

    /** A spreadsheet must not take a text for a formula: see https://owasp.org/www-community/attacks/CSV_Injection. */
    static String harmless(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(@Nullable String cell) {
        if (cell == null) {
            return "";
        }
        boolean isPlain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
