package dev.datapipeline.results.export.parquet;

import java.util.regex.Pattern;

/** Halves of surrogate pairs, which JSON can hold and UTF-8 cannot: they are written as the escape that JSON has for them. */
final class Surrogates {
    private static final Pattern HALF = Pattern.compile("[\\uD800-\\uDFFF]");

    private Surrogates() {}

    static String escape(String text) {
        return HALF.matcher(text).find()
                ? HALF.matcher(text)
                        .replaceAll(
                                half -> "\\\\u%04x".formatted((int) half.group().charAt(0)))
                : text;
    }
}
