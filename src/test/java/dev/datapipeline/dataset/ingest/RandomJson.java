package dev.datapipeline.dataset.ingest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Valid JSON of every shape, repeatable by its seed. */
public final class RandomJson {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "7",
            "-12",
            "1.10",
            "0.5e-3",
            "1E+2",
            "123456789012345678901234567890",
            "-0.0",
            "1e3",
            "9007199254740993");
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "\"",
            " ",
            "long plain text ",
            "é",
            "€",
            "😀",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\/",
            "{",
            "]",
            ",",
            "0");

    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    /** An array of one to five objects. */
    public String array() {
        List<String> objects = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int index = 0; index < count; index++) {
            objects.add(space() + object(3) + space());
        }
        return space() + "[" + String.join(",", objects) + "]" + space();
    }

    String object(int depth) {
        Set<String> names = new LinkedHashSet<>();
        int count = random.nextInt(6);
        for (int index = 0; index < count; index++) {
            names.add(index + string());
        }
        return names.stream()
                .map(name -> space() + "\"" + name + "\"" + space() + ":" + space() + value(depth - 1) + space())
                .collect(Collectors.joining(",", "{", space() + "}"));
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0, 1 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
            case 2, 3 -> "\"" + string() + "\"";
            case 4 -> random.nextBoolean() ? "true" : "false";
            case 5 -> "null";
            case 6 -> object(depth);
            default -> array(depth);
        };
    }

    private String array(int depth) {
        List<String> values = new ArrayList<>();
        int count = random.nextInt(4);
        for (int index = 0; index < count; index++) {
            values.add(space() + value(depth - 1) + space());
        }
        return "[" + String.join(",", values) + space() + "]";
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int index = 0; index < pieces; index++) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.append(piece.equals("\"") ? "\\\"" : piece);
        }
        return text.toString();
    }

    private String space() {
        return switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "\n  ";
            case 2 -> "\r\n\t";
            case 3 -> "\t ";
            default -> "";
        };
    }
}
