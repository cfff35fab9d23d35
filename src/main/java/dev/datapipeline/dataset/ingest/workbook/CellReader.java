package dev.datapipeline.dataset.ingest.workbook;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one cell of a sheet: its stored value, whatever formula made it. */
final class CellReader {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int LONGEST_NUMBER = 40;
    /** Every decimal number of so many digits is told from all others by the numbers that workbooks have. */
    private static final int SURE_DIGITS = 15;

    private static final int LARGEST_PLAIN_EXPONENT = 21;

    private final XmlCursor cursor;
    private final String part;
    private final Workbook workbook;
    private final SheetCount count;
    private final StringBuilder value = new StringBuilder();

    CellReader(XmlCursor cursor, String part, Workbook workbook, SheetCount count) {
        this.cursor = cursor;
        this.part = part;
        this.workbook = workbook;
        this.count = count;
    }

    /** Reads the cell that begins here, up to its end; null when there is nothing in it. */
    @Nullable
    SheetCell read(int column, String address) {
        String type = cursor.attribute("t");
        String style = cursor.attribute("s");
        boolean isFormula = false;
        String inline = null;
        value.setLength(0);
        while (cursor.next() && !cursor.isEnd("c")) {
            if (cursor.isStart("v")) {
                value.setLength(0);
                cursor.text(value);
            } else if (cursor.isStart("is")) {
                inline = RichText.read(cursor, "is");
            } else if (cursor.isStart("f")) {
                isFormula = true;
                cursor.skip();
            }
        }
        if (inline != null) {
            return text(column, inline);
        }
        if (value.isEmpty()) {
            if (isFormula && !"str".equals(type)) {
                count.formulaWithoutValue();
            }
            return isFormula && "str".equals(type) ? text(column, "") : null;
        }
        return cell(column, address, type == null ? "n" : type, style);
    }

    private SheetCell cell(int column, String address, String type, @Nullable String style) {
        String written = value.toString();
        return switch (type) {
            case "s" -> shared(column, address, written.strip());
            case "str" -> text(column, RichText.unescape(written));
            case "d" -> text(column, written);
            case "e" -> {
                count.error();
                yield text(column, written);
            }
            case "b" -> truth(column, address, written.strip());
            case "n" ->
                number(column, address, written.strip(), workbook.formats().of(style));
            default -> throw invalid(address, "is of a type that workbooks do not have");
        };
    }

    private static SheetCell text(int column, String text) {
        return new SheetCell(column, SheetCell.Kind.TEXT, text, 0);
    }

    private SheetCell shared(int column, String address, String written) {
        if (written.length() < 10 && INTEGER.matcher(written).matches()) {
            int index = Integer.parseInt(written);
            if (workbook.texts().has(index)) {
                return new SheetCell(column, SheetCell.Kind.SHARED, "", index);
            }
        }
        throw invalid(address, "refers to a text that the workbook does not have");
    }

    private SheetCell truth(int column, String address, String written) {
        return switch (written) {
            case "1", "true" -> new SheetCell(column, SheetCell.Kind.BOOLEAN, "true", 0);
            case "0", "false" -> new SheetCell(column, SheetCell.Kind.BOOLEAN, "false", 0);
            default -> throw invalid(address, "is neither true nor false");
        };
    }

    private SheetCell number(int column, String address, String written, CellFormats.Shown shown) {
        double number = parse(address, written);
        if (shown != CellFormats.Shown.NUMBER) {
            String date = ExcelDate.text(number, shown, workbook.is1904());
            if (date != null) {
                return text(column, date);
            }
        }
        String json = json(written, number);
        boolean isInteger = INTEGER.matcher(json).matches();
        return new SheetCell(column, isInteger ? SheetCell.Kind.INTEGER : SheetCell.Kind.NUMBER, json, 0);
    }

    private double parse(String address, String written) {
        try {
            double number = written.length() > LONGEST_NUMBER ? Double.NaN : Double.parseDouble(written);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            throw invalid(address, "is no number");
        }
        throw invalid(address, "is no number");
    }

    /** As it is written; of more digits than tell it from others, the shortest number that is the same to a workbook. */
    static String json(String written, double number) {
        long digits = written.chars().filter(Character::isDigit).count();
        if (digits <= SURE_DIGITS && NUMBER.matcher(written).matches()) {
            return written;
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return Math.abs(exponent) < LARGEST_PLAIN_EXPONENT ? shortest.toPlainString() : shortest.toString();
    }

    private RuntimeException invalid(String address, String reason) {
        return WorkbookProblem.invalidPart(part, "has the cell %s, which %s".formatted(address, reason));
    }
}
