package dev.datapipeline.results.export;

import dev.datapipeline.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kind of document that results are written as. */
public enum ResultFormat {
    JSON("application/json"),
    NDJSON("application/x-ndjson"),
    CSV("text/csv; charset=utf-8"),
    TSV("text/tab-separated-values; charset=utf-8"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    PARQUET("application/vnd.apache.parquet");

    private final String contentType;

    ResultFormat(String contentType) {
        this.contentType = contentType;
    }

    /** @throws ProblemException INVALID_PARAMETER for a name that is none */
    public static ResultFormat named(String name) {
        return Stream.of(values())
                .filter(format -> format.extension().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalidParameter("format", "must be one of " + names()));
    }

    private static String names() {
        return Stream.of(values()).map(ResultFormat::extension).collect(Collectors.joining(", "));
    }

    public String contentType() {
        return contentType;
    }

    /** Of names of files; also the name of the format. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is text with columns that a character separates. */
    public boolean isDelimited() {
        return List.of(CSV, TSV).contains(this);
    }
}
