package dev.datapipeline.dataset.ingest.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which formats of cells show their number as a day, a time of day, or both. */
final class CellFormats {
    /** Of many workbooks that were put together a few have some tens of thousands. */
    private static final int MOST_FORMATS = 100_000;

    /** Texts in quotes, escaped characters, colours and places, conditions: no letters of them mean a day or a time. */
    private static final Pattern LITERALS = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hmsHMS]+\\])[^\\]]*\\]");

    private static final Pattern ELAPSED = Pattern.compile("\\[[hmsHMS]+\\]");
    private static final Pattern DAY = Pattern.compile("[yYdDeE]");
    private static final Pattern TIME = Pattern.compile("[hHsS]");
    private static final Pattern MONTH = Pattern.compile("[mM]");
    private static final Pattern NUMBER = Pattern.compile("[0#?]|General");

    private final List<Shown> formats = new ArrayList<>();

    /** What a number is shown as. */
    enum Shown {
        NUMBER,
        DAY,
        TIME,
        BOTH
    }

    /** The part that says so. */
    static CellFormats read(XmlCursor cursor, String part) {
        CellFormats formats = new CellFormats();
        Map<String, String> codes = new HashMap<>();
        boolean isInCells = false;
        while (cursor.next()) {
            if (cursor.isStart("numFmt")) {
                codes.put(String.valueOf(cursor.attribute("numFmtId")), String.valueOf(cursor.attribute("formatCode")));
            } else if (cursor.isStart("cellXfs") || cursor.isEnd("cellXfs")) {
                isInCells = cursor.isStart("cellXfs");
            } else if (isInCells && cursor.isStart("xf")) {
                String id = String.valueOf(cursor.attribute("numFmtId"));
                formats.formats.add(codes.containsKey(id) ? ofCode(codes.get(id)) : builtIn(id));
            }
            if (codes.size() > MOST_FORMATS || formats.formats.size() > MOST_FORMATS) {
                throw WorkbookProblem.invalidPart(part, "has more than %,d formats".formatted(MOST_FORMATS));
            }
        }
        return formats;
    }

    /** @param style of a cell, as it is written; null for the default */
    Shown of(@Nullable String style) {
        if (style == null || style.length() > 6 || !style.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return Shown.NUMBER;
        }
        int index = style.isEmpty() ? formats.size() : Integer.parseInt(style);
        return index < formats.size() ? formats.get(index) : Shown.NUMBER;
    }

    /** Formats that every workbook has without saying so. */
    private static Shown builtIn(String id) {
        return switch (id) {
            case "14", "15", "16", "17", "27", "28", "29", "30", "31", "36", "50", "51", "52", "53", "54", "57", "58" ->
                Shown.DAY;
            case "18", "19", "20", "21", "45", "47" -> Shown.TIME;
            case "22" -> Shown.BOTH;
            default -> Shown.NUMBER;
        };
    }

    static Shown ofCode(@Nullable String code) {
        if (code == null) {
            return Shown.NUMBER;
        }
        String bare = LITERALS.matcher(code.split(";", 2)[0]).replaceAll("");
        if (ELAPSED.matcher(bare).find()) {
            return Shown.NUMBER;
        }
        boolean isTime = TIME.matcher(bare).find();
        boolean isDay =
                DAY.matcher(bare).find() || (!isTime && MONTH.matcher(bare).find());
        if (!isDay && !isTime || NUMBER.matcher(bare.replace(".0", "")).find()) {
            return Shown.NUMBER;
        }
        return isDay && isTime ? Shown.BOTH : isDay ? Shown.DAY : Shown.TIME;
    }
}
