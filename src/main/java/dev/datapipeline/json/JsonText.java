package dev.datapipeline.json;

import java.nio.charset.StandardCharsets;

public final class JsonText {
    private JsonText() {}

    /** @param escaped whether there are escapes in it */
    public static String decode(byte[] bytes, int from, int to, boolean escaped) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return escaped ? unescape(text) : text;
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next != '\\') {
                plain.append(next);
                at++;
            } else if (text.charAt(at + 1) == 'u') {
                plain.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
                at += 6;
            } else {
                plain.append(unescape(text.charAt(at + 1)));
                at += 2;
            }
        }
        return plain.toString();
    }

    private static char unescape(char letter) {
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
