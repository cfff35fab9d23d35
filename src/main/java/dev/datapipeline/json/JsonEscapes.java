package dev.datapipeline.json;

/** What escapes in a JSON string stand for. */
final class JsonEscapes {
    private static final int HEXADECIMAL = 16;

    private JsonEscapes() {}

    /** @param text of a valid JSON string, without its quotes */
    static String decode(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next != '\\') {
                plain.append(next);
                at++;
            } else if (text.charAt(at + 1) == 'u') {
                plain.append((char) Integer.parseInt(text, at + 2, at + 6, HEXADECIMAL));
                at += 6;
            } else {
                plain.append(meaning(text.charAt(at + 1)));
                at += 2;
            }
        }
        return plain.toString();
    }

    private static char meaning(char letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }
}
