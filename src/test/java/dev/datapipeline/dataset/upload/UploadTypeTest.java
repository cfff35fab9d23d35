package dev.datapipeline.dataset.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.FormatClaim;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTypeTest {
    @ParameterizedTest
    @CsvSource({
        "application/json, JSON",
        "Application/JSON; charset=UTF-8, JSON",
        "text/json; charset=\"utf-8\", JSON",
        "application/geo+json, JSON",
        "application/vnd.api+json, JSON",
        "application/jsonlines, NDJSON",
        "application/x-jsonlines, NDJSON",
        "application/jsonl, NDJSON",
        "application/x-jsonl, NDJSON",
        "application/x-ndjson, NDJSON",
        "application/ndjson, NDJSON",
        "application/json-seq, NDJSON",
        "application/geo+json-seq, NDJSON",
        "text/csv;header=present, CSV",
        "application/csv, CSV",
        "text/tab-separated-values, CSV"
    })
    void usualTypesSayTheFormat(String type, DatasetFormat format) {
        assertEquals(Optional.of(format), UploadType.claim(type).map(FormatClaim::format));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/octet-stream",
                "application/vnd.ms-excel",
                "application/gzip",
                "application/zip"
            })
    void otherTypesSayNothing(@Nullable String type) {
        assertEquals(Optional.empty(), UploadType.claim(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "text/html",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense",
                "application/",
                "*/*",
                "application/json; charset=utf-16",
                "text/plain; charset=iso-8859-1"
            })
    void otherTypesAreRejected(String type) {
        assertEquals(
                ProblemType.UNSUPPORTED_TYPE,
                assertThrows(ProblemException.class, () -> UploadType.claim(type))
                        .type());
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, CSV",
        "a.CSV.gz, CSV",
        "a.tsv, CSV",
        "a.tab, CSV",
        "a.json.gz, JSON",
        "a.csv.ZIP, CSV",
        "a.geojson, JSON",
        "a.jsonl, NDJSON",
        "a.b.ndjson.GZ, NDJSON"
    })
    void usualNamesSayTheFormat(String name, DatasetFormat format) {
        assertEquals(Optional.of(format), FormatClaim.ofFileName(name).map(FormatClaim::format));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "csv", "a.gz", "-", "", "a.json.bak", ".gz"})
    void otherNamesClaimNothing(String name) {
        assertEquals(Optional.empty(), FormatClaim.ofFileName(name));
    }

    @Test
    void typeOutweighsTheName() {
        UploadHints hints = Upload.of("a.json", "text/csv", new ReadingParameters("", "", "", ""))
                .hints();

        assertEquals(
                List.of(DatasetFormat.CSV, DatasetFormat.JSON),
                hints.claims().stream().map(FormatClaim::format).toList());
    }
}
