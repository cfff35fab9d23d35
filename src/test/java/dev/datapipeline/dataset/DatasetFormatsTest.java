package dev.datapipeline.dataset;

import static dev.datapipeline.dataset.DatasetRequests.DATASETS;
import static dev.datapipeline.dataset.DatasetRequests.JSON;
import static dev.datapipeline.dataset.DatasetRequests.given;
import static dev.datapipeline.dataset.DatasetRequests.upload;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.Gzip;
import dev.datapipeline.dataset.ingest.Zips;
import dev.datapipeline.dataset.ingest.workbook.Workbooks;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the content, the type and the parameters of an upload decide. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DatasetFormatsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/octet-stream | data.csv      | csv",
                "application/vnd.ms-excel | data          | csv",
                "text/plain               | data.txt      | csv",
                "application/json         | data.json     | csv",
                "text/csv                 | data.jsonl.gz | csv"
            })
    void contentDecidesOnTheFormat(String type, String name, String format) {
        given().queryParam("name", name)
                .header("Content-Type", type)
                .body("a;b\n1;2\n".getBytes(StandardCharsets.UTF_8))
                .post(DATASETS)
                .then()
                .statusCode(201)
                .body("format", equalTo(format))
                .body("separator", equalTo(";"))
                .body("notes", hasItem("The columns are separated by a semicolon, as the content shows."));
    }

    @Test
    void recognisesGzipByItsContent() {
        byte[] packed = Gzip.pack("[{\"a\":1},{\"a\":2}]");

        upload("application/octet-stream", packed)
                .statusCode(201)
                .body("records", equalTo(2))
                .body("bytes", equalTo(17));
        upload(JSON, packed).statusCode(201).body("records", equalTo(2));
        upload(JSON, Gzip.pack("{}\n{}")).statusCode(201).body("records", equalTo(2));
    }

    @Test
    void readsAFileOfAnArchive() {
        byte[] archive =
                new Zips().with("a.csv", "x;y\n1;2\n").with("b.json", "[{}]").pack();

        given().contentType("application/zip")
                .queryParam("member", "a.csv")
                .body(archive)
                .post(DATASETS)
                .then()
                .statusCode(201)
                .body("member", equalTo("a.csv"))
                .body("separator", equalTo(";"));
        given().contentType("application/zip")
                .body(archive)
                .post(DATASETS)
                .then()
                .statusCode(422)
                .body("code", equalTo("SEVERAL_MEMBERS"))
                .body("errors.message", contains("a.csv", "b.json"));
        upload(JSON, "[{}]").statusCode(201).body("member", nullValue());
        given().contentType(JSON)
                .queryParam("member", "a.csv")
                .body("[{}]")
                .post(DATASETS)
                .then()
                .statusCode(422)
                .body("code", equalTo("UNKNOWN_MEMBER"));
    }

    @Test
    void readsASheetOfAWorkbook() {
        String rows = "<row><c t=\"str\"><v>name</v></c></row><row><c t=\"str\"><v>%s</v></c></row>";
        byte[] workbook = new Workbooks()
                .sheet("First", rows.formatted("one"))
                .sheet("Second", rows.formatted("two"))
                .pack();

        String id = upload("application/octet-stream", workbook)
                .statusCode(201)
                .body("format", equalTo("excel"))
                .body("sheet", equalTo("First"))
                .body("sheets", contains("First", "Second"))
                .extract()
                .path("id");
        given().get(DATASETS + "/" + id).then().body("sheets", contains("First", "Second"));
        given().queryParam("sheet", "Second")
                .contentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .body(workbook)
                .post(DATASETS)
                .then()
                .statusCode(201)
                .body("sheet", equalTo("Second"));
    }

    @Test
    void offersAndReadsAListInADocument() {
        String document = "{\"type\":\"FeatureCollection\",\"features\":[{\"a\":1},{\"a\":2}]}";

        String id = upload("application/geo+json", document)
                .statusCode(201)
                .body("records", equalTo(1))
                .body("recordLists", contains(Map.of("path", "/features", "records", 2)))
                .extract()
                .path("id");
        given().get(DATASETS + "/" + id).then().body("recordLists.path", contains("/features"));
        given().queryParam("records", "/features")
                .contentType("application/geo+json")
                .body(document)
                .post(DATASETS)
                .then()
                .statusCode(201)
                .body("records", equalTo(2))
                .body("recordsPath", equalTo("/features"))
                .body("recordLists", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"separator=;", "name=x&separator=;", "separator=;&name=x", "separator=%3B", "separator=semicolon"
            })
    void semicolonIsTakenAsItIsWritten(String query) {
        given().urlEncodingEnabled(false)
                .contentType("text/csv")
                .body("a,b\nx;y,2\n")
                .post(DATASETS + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_CSV"))
                .body("detail", containsString("separated by a semicolon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"separator=xx", "separator=a", "records=features", "records=/a~2"})
    void optionsThatCannotBeReadAreRejected(String query) {
        given().contentType(JSON)
                .body("[{}]")
                .post(DATASETS + "?" + query)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    @Test
    void unknownEncodingIsRejected() {
        given().contentType(JSON)
                .header("Content-Encoding", "br")
                .body("x")
                .post(DATASETS)
                .then()
                .statusCode(415)
                .body("code", equalTo("UNSUPPORTED_TYPE"));
    }

    @Test
    void rejectionNamesThePlace() {
        upload(JSON, "[{\"a\": 1},\n{\"a\": }]")
                .statusCode(400)
                .body("position.record", equalTo(1))
                .body("position.line", equalTo(2))
                .body("position.column", equalTo(7))
                .body("position.byte", equalTo(17));
    }

    @Test
    void nestingIsAnsweredFast() {
        long start = System.nanoTime();

        upload(JSON, "[".repeat(100_000)).statusCode(400).body("code", equalTo("TOO_DEEP"));

        assertTrue(System.nanoTime() - start < 1_000_000_000L, "answered within a second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "/etc/passwd", "CON", "name\r\nX-Evil: 1", "a\u202Eb", "é😀"})
    void anyNameIsALabel(String name) {
        String id = given().queryParam("name", name)
                .contentType(JSON)
                .body("{}")
                .post(DATASETS)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        given().get(DATASETS + "/" + id).then().body("name", equalTo(DatasetName.label(name)));
    }
}
