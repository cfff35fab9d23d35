package dev.datapipeline.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a table row by row. Every row, the header too, has as many cells as there are columns; not thread-safe. */
public final class CsvWriter {
    /** As many as the usual spreadsheet takes; uploads may have as many. */
    public static final int MAX_COLUMNS = 16_384;

    private static final int ROOM = 64 * 1024;

    /** First characters by which programs recognise other kinds of files: SYLK, Zip, 7z, Parquet, SQLite, GIF, PDF, JSON and others. */
    private static final List<String> SIGNATURES =
            List.of("ID", "PK", "BZ", "7z", "PAR1", "Obj", "SQLite", "GIF8", "%PDF", "[", "{", "sep=");

    private final OutputStream target;
    private final CsvOptions options;
    private StringBuilder line = new StringBuilder();

    public CsvWriter(OutputStream target, CsvOptions options) {
        this.target = target;
        this.options = options;
    }

    /** Whether the text can be a cell as it is: without quotes, escapes or an apostrophe. */
    public static boolean isPlain(String text) {
        int needs = CellText.NEEDS_QUOTES | CellText.NEEDS_ESCAPE;
        return (CellText.traits(text) & needs) == 0
                && text.chars().noneMatch(Character::isISOControl)
                && FormulaGuard.guard(text).equals(text);
    }

    /** Writes the first line. The names are distinct, and stay so as columns. */
    public void writeHeader(List<String> names) throws IOException {
        if (options.byteOrderMark()) {
            line.append('\uFEFF');
        }
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                line.append(options.separator());
            }
            String name = UnicodeEscapes.escapeName(names.get(i));
            appendText(name, i == 0 && SIGNATURES.stream().anyMatch(name::startsWith));
        }
        if (names.size() == 1 && names.getFirst().isEmpty()) {
            line.append("\"\"");
        }
        endLine();
    }

    public void write(CsvRow row) throws IOException {
        for (int i = 0; i < row.columns(); i++) {
            if (i > 0) {
                line.append(options.separator());
            }
            append(row.kind(i), row.text(i));
        }
        if (row.columns() == 1 && line.isEmpty()) {
            // Readers skip empty lines.
            line.append("\"\"");
        }
        endLine();
    }

    private void append(CsvRow.CellKind kind, String text) {
        switch (kind) {
            case MISSING -> {}
            case NULL -> line.append(options.nullText());
            case LITERAL -> appendQuoted(text, isNullText(text));
            case TEXT, JSON -> appendText(text, text.isEmpty() || isNullText(text));
        }
    }

    private boolean isNullText(String text) {
        return text.equals(options.nullText());
    }

    private void appendText(String text, boolean isQuoted) {
        int traits = CellText.traits(text);
        String written = (traits & CellText.NEEDS_ESCAPE) == 0 ? text : UnicodeEscapes.escapeValue(text);
        if (options.guardsFormulas() && (traits & (CellText.MAY_BEGIN_FORMULA | CellText.HAS_SEPARATOR)) != 0) {
            written = FormulaGuard.guard(written);
        }
        appendQuoted(written, isQuoted || (traits & CellText.NEEDS_QUOTES) != 0);
    }

    private void appendQuoted(String text, boolean isQuoted) {
        if (!isQuoted) {
            line.append(text);
            return;
        }
        line.append('"');
        int copied = 0;
        for (int quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) {
            line.append(text, copied, quote + 1);
            copied = quote;
        }
        line.append(text, copied, text.length()).append('"');
    }

    private void endLine() throws IOException {
        target.write(line.append("\r\n").toString().getBytes(UTF_8));
        if (line.length() > ROOM) {
            line = new StringBuilder();
        } else {
            line.setLength(0);
        }
    }
}
