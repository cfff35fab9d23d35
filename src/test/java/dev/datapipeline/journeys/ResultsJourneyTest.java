package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run gives back: pages of records, and downloads in every format and view. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultsJourneyTest {
    private static final String SCRIPT = """
            def transform(record):
                n = record["n"]
                if n == 5:
                    raise KeyError("missing")
                if n == 17:
                    raise SkipRecord("unlucky, isn't it")
                return {"n": n, "text": "=1" * (n % 2), "list": [1, {"a": 2}]}
            """;
    private static final List<Integer> SUCCEEDED =
            IntStream.range(0, 24).filter(n -> n != 5 && n != 17).boxed().toList();

    private SubmittedRun run = new SubmittedRun("");

    /** Once for all: the address of the service is not known before the first test. */
    @BeforeEach
    void finishARun() throws Exception {
        if (!run.id().isEmpty()) {
            return;
        }
        run = RunOrder.ofNumbers(24).main(SCRIPT).with("batchSize", 5).submit();
        run.awaitEnd("PARTIAL");
    }

    @Test
    void pagesOfRecordsArePartsOfTheWhole() {
        List<Integer> all = run.records("?limit=1000").getList("items.index");
        assertEquals(IntStream.range(0, 24).boxed().toList(), all);

        for (int offset : new int[] {0, 1, 4, 5, 6, 19, 23}) {
            for (int limit : new int[] {1, 5, 7, 100}) {
                run.get("/records?offset=%d&limit=%d".formatted(offset, limit))
                        .body("items.index", equalTo(all.subList(offset, Math.min(24, offset + limit))))
                        .body("offset", equalTo(offset))
                        .body("limit", equalTo(limit))
                        .body("total", equalTo(24));
            }
        }
    }

    @Test
    void statusFiltersRecords() {
        run.get("/records?status=FAILED").body("total", equalTo(1)).body("items.index", equalTo(List.of(5)));
        run.get("/records?status=SKIPPED").body("items.index", equalTo(List.of(17)));
        run.get("/records?status=SUCCEEDED&offset=4&limit=3").body("items.index", equalTo(List.of(4, 6, 7)));
        run.get("/records?status=PENDING").body("total", equalTo(0)).body("items", hasSize(0));
        run.get("/records?offset=9223372036854775807").statusCode(200).body("items", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "json, final, application/json",
        "json, states, application/json",
        "ndjson, final, application/x-ndjson",
        "ndjson, states, application/x-ndjson",
        "csv, final, text/csv",
        "csv, states, text/csv",
        "tsv, final, text/tab-separated-values",
        "xlsx, final, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx, states, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    })
    void everyFormatOfEveryViewIsAnAttachment(String format, String view, String type) {
        run.get("/results?format=%s&view=%s".formatted(format, view))
                .statusCode(200)
                .header("Content-Type", startsWith(type))
                .header("Content-Disposition", equalTo(attachment(view, format)));
    }

    @Test
    void anyFormatComesInAZipArchive() {
        run.get("/results?format=tsv&packing=zip")
                .header("Content-Type", equalTo("application/zip"))
                .header("Content-Disposition", equalTo(attachment("final", "tsv.zip")));
        run.get("/results/estimate?format=tsv&packing=zip").body("fileName", endsWith("-final.tsv.zip"));
    }

    @ParameterizedTest
    @CsvSource({"xlsx, excel", "tsv, csv", "parquet, parquet"})
    void failedRecordsWithTheirReasonsAreADatasetAgain(String format, String readAs) {
        byte[] table = run.get("/results?status=FAILED&columns=index,error,raw&format=" + format)
                .extract()
                .asByteArray();
        given().contentType("text/csv; charset=utf-8")
                .queryParam("name", "failed." + format)
                .body(table)
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .body("format", equalTo(readAs))
                .body("records", equalTo(1))
                .body("fields.name", hasItem("_error"));
    }

    @Test
    void nameOfTheFileSaysWhatIsInIt() {
        run.get("/results?columns=index&status=FAILED&format=csv")
                .header("Content-Disposition", equalTo(attachment("failed-records", "csv")));
        run.get("/results?columns=index&q=x")
                .header("Content-Disposition", equalTo(attachment("records-found", "json")));
    }

    private String attachment(String selection, String format) {
        String name = run.get("").extract().<String>path("name").toLowerCase().replace(' ', '-');
        return "attachment; filename=\"%s-%s-%s.%s\"".formatted(name, run.id().substring(0, 8), selection, format);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "columns=index&status=FAILED                   | {\"index\":5}",
                "columns=index,status,error&status=SKIPPED     | {\"index\":17,\"status\":\"SKIPPED\",\"skipped\":\"unlucky, isn't it\"}",
                "columns=index,raw,value&field=n&q=%22n%22:13  | {\"index\":13,\"raw\":{\"n\":13},\"value\":{\"n\":13}}",
                "columns=index&error=KeyError                  | {\"index\":5}",
            })
    void chosenRecordsAndColumnsAreDownloaded(String query, String line) {
        assertEquals(line + "\n", download(query + "&format=ndjson"));
        assertEquals("[" + line + "]", download(query));
    }

    @Test
    void tableHasARowForEveryRecord() {
        List<String> lines = download("columns=index,status,error,value&field=n&format=csv")
                .lines()
                .toList();

        assertEquals("_index,_status,_error,_skipped,n", lines.get(0));
        assertEquals("0,SUCCEEDED,,,0", lines.get(1));
        assertEquals("5,FAILED,KeyError: 'missing',,", lines.get(6));
        assertEquals("17,SKIPPED,,\"unlucky, isn't it\",", lines.get(18));
        assertEquals(25, lines.size());
    }

    @ParameterizedTest
    @CsvSource({
        "format=json, 22",
        "view=states, 24",
        "columns=index, 24",
        "'columns=index,raw&status=FAILED&format=csv', 1",
        "columns=value&error=KeyError, 1",
        "view=final&status=FAILED, 0"
    })
    void estimateOfASmallRunIsExact(String query, int records) {
        int bytes = download(query).getBytes(UTF_8).length;

        run.get("/results/estimate?" + query)
                .statusCode(200)
                .body("records", equalTo(records))
                .body("bytes", equalTo(bytes));
    }

    private String download(String query) {
        return given().urlEncodingEnabled(false)
                .get(run.path() + "/results?" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void finalValuesAreThoseOfSucceededRecordsInInputOrder() {
        List<String> expected = SUCCEEDED.stream()
                .map(n -> "{\"n\":%d,\"text\":\"%s\",\"list\":[1,{\"a\":2}]}".formatted(n, "=1".repeat(n % 2)))
                .toList();

        assertEquals("[" + String.join(",", expected) + "]", run.results("json", "final"));
        assertEquals(String.join("\n", expected) + "\n", run.results("ndjson", "final"));
    }

    @Test
    void statesAreThoseOfAllRecords() {
        List<String> lines = run.results("ndjson", "states").lines().toList();

        assertEquals(24, lines.size());
        assertEquals(
                "{\"raw\":{\"n\":3},\"main_clean\":{\"n\":3,\"text\":\"=1\",\"list\":[1,{\"a\":2}]}}", lines.get(3));
        assertTrue(lines.get(5).startsWith("{\"raw\":{\"n\":5},\"error\":{"), lines.get(5));
        assertTrue(lines.get(5).contains("KeyError"), lines.get(5));
        assertEquals("{\"raw\":{\"n\":17},\"skipped\":\"unlucky, isn't it\"}", lines.get(17));
        assertEquals("[" + String.join(",", lines) + "]", run.results("json", "states"));
    }

    @Test
    void csvOfFinalValuesCanBeOpenedWithoutHarm() {
        List<String> lines = run.results("csv", "final").lines().toList();

        assertEquals("n,text,list", lines.get(0));
        assertEquals("0,\"\",\"[1,{\"\"a\"\":2}]\"", lines.get(1));
        assertEquals("1,'=1,\"[1,{\"\"a\"\":2}]\"", lines.get(2));
        assertEquals(23, lines.size());
    }

    @Test
    void csvOfStatesNamesErrorsAndReasons() {
        List<String> lines = run.results("csv", "states").lines().toList();

        assertEquals("raw.n,main_clean.n,main_clean.text,main_clean.list,error,skipped", lines.get(0));
        assertEquals("5,,,,KeyError: 'missing',", lines.get(6));
        assertEquals("17,,,,,\"unlucky, isn't it\"", lines.get(18));
        assertEquals(25, lines.size());
    }

    @Test
    void defaultsAreJsonAndFinal() {
        assertEquals(
                run.results("json", "final"),
                given().get(run.path() + "/results")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void tooManyColumnsAreAProblemAndNoBrokenFile() throws Exception {
        SubmittedRun wide = RunOrder.ofNumbers(20)
                .main("def transform(record):\n    return {f\"k{record['n']}_{i}\": i for i in range(1000)}\n")
                .submit();
        wide.awaitEnd("SUCCEEDED");

        wide.get("/results?format=csv")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("OUT_OF_RANGE"))
                .body("detail", containsString("ndjson"));
        wide.get("/results?format=ndjson").statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/results?format=xml",
                "/results?view=raw",
                "/results?format=json&format=csv",
                "/results?fields=password",
                "/results?columns=index,password",
                "/results?columns=index,index",
                "/results?columns=index&view=final",
                "/results?field=n",
                "/results?status=PENDING",
                "/results/estimate?columns=all",
                "/results/estimate?bom=true",
                "/records?offset=-1",
                "/records?offset=x",
                "/records?offset=9223372036854775808",
                "/records?limit=0",
                "/records?limit=1001",
                "/records?limit=1e9",
                "/records?status=ALLES",
                "/records?status=failed",
                "/records?page=1",
                "/batches?offset=-1",
                "/batches?offset=2147483648",
                "/batches?limit=0",
                "/batches?limit=1001",
                "/batches?status=RUNNING",
                "?fields=id",
                "/failures?limit=1"
            })
    void parametersWithoutAMeaningAreRejected(String rest) {
        run.get(rest)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_PARAMETER"));
    }
}
