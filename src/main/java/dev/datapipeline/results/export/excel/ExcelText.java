package dev.datapipeline.results.export.excel;

import java.util.regex.Pattern;

/** Texts as cells of a workbook hold them: characters that XML does not have are escapes, which every reader of workbooks knows. */
final class ExcelText {
    private static final Pattern LOOKS_ESCAPED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private ExcelText() {}

    static String escape(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text, at)) {
            at++;
        }
        if (at == text.length() && !text.contains("_x")) {
            return text;
        }
        String safe = LOOKS_ESCAPED.matcher(text).replaceAll("_x005F_");
        StringBuilder escaped = new StringBuilder(safe.length() + 16);
        for (int index = 0; index < safe.length(); index++) {
            if (isPlain(safe, index)) {
                escaped.append(safe.charAt(index));
            } else {
                escaped.append("_x%04X_".formatted((int) safe.charAt(index)));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(String text, int index) {
        char character = text.charAt(index);
        if (character < ' ') {
            return character == '\n' || character == '\t';
        }
        if (Character.isHighSurrogate(character)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return character < 0xFFFE;
    }
}
