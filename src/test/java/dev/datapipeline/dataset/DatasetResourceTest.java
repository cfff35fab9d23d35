package dev.datapipeline.dataset;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.Gzip;
import dev.datapipeline.storage.StorageConfig;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DatasetResourceTest {
    private static final String DATASETS = "/api/v1/datasets";
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    @Inject
    DatasetRepository repository;

    @Inject
    EntityManager database;

    @Inject
    StorageConfig storage;

    /** A request that says no more of its content than it is told to. */
    private static RequestSpecification given() {
        EncoderConfig asTold = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return RestAssured.given().config(RestAssured.config().encoderConfig(asTold));
    }

    private static ValidatableResponse upload(String type, String body) {
        return upload(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static ValidatableResponse upload(String type, byte[] body) {
        return given().queryParam("name", "test")
                .header("Content-Type", type)
                .body(body)
                .post(DATASETS)
                .then();
    }

    private static String uploaded(String name) {
        Response response = given().queryParam("name", name)
                .contentType(JSON)
                .body("[{\"a\":1}]")
                .post(DATASETS);
        return response.then().statusCode(201).extract().path("id");
    }

    private static ValidatableResponse records(String id, String query) {
        return given().get(DATASETS + "/" + id + "/records" + query).then();
    }

    @Test
    void uploadIsDescribed() {
        String location = upload(JSON, "[{\"id\":1,\"name\":\"Ada\"},{\"id\":2.5}]")
                .statusCode(201)
                .body("name", equalTo("test"))
                .body("format", equalTo("json"))
                .body("records", equalTo(2))
                .body("bytes", equalTo(34))
                .body("sha256", equalTo("2832071a28d57b121fbcff5066c7f884d47d0a23a05f0da0e2f4b03daae32b02"))
                .body("fields.name", contains("id", "name"))
                .body("fields[0].types", contains("integer", "number"))
                .body("fields[1].present", equalTo(1))
                .body("createdAt", matchesPattern("20.*Z"))
                .extract()
                .header("Location");

        given().get(location).then().statusCode(200).body("records", equalTo(2)).body("fields", hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=UTF-8, json",
        "application/x-ndjson, ndjson",
        "application/jsonl, ndjson",
        "Text/CSV;header=present, csv"
    })
    void typeOfTheContentTellsTheFormat(String type, String format) {
        String body = format.equals("csv") ? "a\n1\n" : "{\"a\":\"1\"}\n";

        String id = upload(type, body)
                .statusCode(201)
                .body("format", equalTo(format))
                .extract()
                .path("id");

        records(id, "").body("items", contains(Map.of("a", "1")));
    }

    @Test
    void returnsRecordsByteForByte() {
        String first = "{\"n\":1.10,\"big\":1234567890123456789012345678901234567890,\"e\":\"\\ud800\\u0000\\/é\"}";
        String id = upload(NDJSON, first + "\n{}\n{ \"a\" : [ ] }\n").extract().path("id");

        String all = records(id, "").statusCode(200).contentType(JSON).extract().asString();
        String part = records(id, "?offset=1&limit=1").extract().asString();
        String none = records(id, "?offset=3").extract().asString();

        assertEquals("{\"items\":[" + first + ",{},{ \"a\" : [ ] }],\"offset\":0,\"limit\":50,\"total\":3}", all);
        assertEquals("{\"items\":[{}],\"offset\":1,\"limit\":1,\"total\":3}", part);
        assertEquals("{\"items\":[],\"offset\":3,\"limit\":50,\"total\":3}", none);
    }

    @Test
    void decompressesAGzipUpload() {
        byte[] packed = Gzip.pack("{\"a\":1}\n{\"a\":2}\n");

        given().contentType(NDJSON)
                .header("Content-Encoding", "gzip")
                .body(packed)
                .post(DATASETS)
                .then()
                .statusCode(201)
                .body("records", equalTo(2))
                .body("bytes", equalTo(16))
                .body("name", equalTo("dataset"));
    }

    @Test
    void bombIsRejected() {
        String spaces = " ".repeat(1024 * 1024);
        byte[] packed = Gzip.pack(spaces.repeat(64) + "[{}]");

        given().contentType(JSON)
                .header("Content-Encoding", "gzip")
                .body(packed)
                .post(DATASETS)
                .then()
                .statusCode(413)
                .body("code", equalTo("TOO_LARGE"));
    }

    private static ValidatableResponse uploadWithKey(String key, String body) {
        return given().contentType(JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(DATASETS)
                .then();
    }

    @Test
    void sameUploadWithTheSameKeyReturnsTheSameDataset() {
        String key = UUID.randomUUID().toString();
        String id = uploadWithKey(key, "[{\"a\":1}]").statusCode(201).extract().path("id");

        uploadWithKey(key, "[{\"a\":1}]").statusCode(200).body("id", equalTo(id));
        uploadWithKey(key, "[{\"a\":2}]").statusCode(422).body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        uploadWithKey("x".repeat(201), "[{}]").statusCode(400).body("code", equalTo("INVALID_REQUEST"));

        given().get(DATASETS + "?limit=1").then().body("items[0].id", equalTo(id));
        assertEquals(rows(), folders());
    }

    @Test
    void listsNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int upload = 0; upload < 5; upload++) {
            ids.addFirst(uploaded("list " + upload));
        }

        String cursor = given().get(DATASETS + "?limit=2")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(ids.subList(0, 2)))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");
        given().queryParam("cursor", cursor)
                .get(DATASETS + "?limit=3")
                .then()
                .body("items.id", equalTo(ids.subList(2, 5)));
    }

    @Test
    void listOmitsLongParts() {
        String record =
                IntStream.range(0, 1_200).mapToObj("\"f%d\":1"::formatted).collect(Collectors.joining(",", "{", "}"));
        String id = upload(JSON, "[" + record + "]").statusCode(201).extract().path("id");

        given().get(DATASETS + "?limit=1")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo(id))
                .body("items[0].fieldCount", equalTo(1_000))
                .body("items[0].keySet()", not(hasItem("fields")));
        given().get(DATASETS + "/" + id).then().body("fields", hasSize(1_000));
    }

    @Test
    void namesThatADatabaseCannotHoldAreTheEscapesOfJson() {
        String id = upload(JSON, "[{\"\\ud83d\":1,\"a\\u0000\\udc00\\\"\":2,\"\\ud83d\\ude00\":3}]")
                .statusCode(201)
                .body(containsString("\"name\":\"\\ud83d\""))
                .extract()
                .path("id");

        String dataset = given().get(DATASETS + "/" + id).asString();

        assertTrue(dataset.contains("\"name\":\"\\ud83d\""), dataset);
        assertTrue(dataset.contains("\"name\":\"a\\u0000\\udc00\\\"\""), dataset);
        assertTrue(dataset.contains("\"name\":\"😀\""), dataset);
    }

    @Test
    void lastPartOfTheListHasNoCursor() {
        uploaded("at least one");

        given().get(DATASETS + "?limit=1000").then().body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=-1",
                "?limit=1001",
                "?limit=1e9",
                "?limit=x",
                "?limit=\uFF11",
                "?limit=%2B1",
                "?cursor=x",
                "?sort=name",
                "?limit=1&limit=2",
                "?offset=0"
            })
    void listRejectsParametersItDoesNotKnow(String query) {
        given().get(DATASETS + query).then().statusCode(400).body("code", equalTo("INVALID_PARAMETER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?offset=-1", "?limit=0", "?limit=1001", "?offset=x", "?cursor=x"})
    void recordsRejectParametersTheyDoNotKnow(String query) {
        records(uploaded("preview"), query).statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "00000000-0000-0000-0000-000000000000", "%00", "..%2f", "%F0%9F%98%80"})
    void unknownDatasetIsNotFound(String id) {
        given().urlEncodingEnabled(false)
                .get(DATASETS + "/" + id)
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        given().urlEncodingEnabled(false).delete(DATASETS + "/" + id).then().statusCode(404);
        given().urlEncodingEnabled(false)
                .get(DATASETS + "/" + id + "/records")
                .then()
                .statusCode(404);
    }

    @Test
    void deletedDatasetIsNotFound() {
        String id = uploaded("to be deleted");
        assertTrue(Files.exists(folder(id)));

        given().delete(DATASETS + "/" + id).then().statusCode(204);

        given().get(DATASETS + "/" + id).then().statusCode(404);
        given().delete(DATASETS + "/" + id).then().statusCode(404);
        assertFalse(Files.exists(folder(id)));
    }

    @Test
    void datasetOfARunIsNotDeleted() {
        String id = uploaded("used");
        UUID run = UUID.randomUUID();
        insertRun(run, id);

        given().delete(DATASETS + "/" + id).then().statusCode(409).body("code", equalTo("CONFLICT"));

        records(id, "").statusCode(200);
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("delete from run where id = :id")
                        .setParameter("id", run)
                        .executeUpdate());
    }

    private void insertRun(UUID run, String dataset) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery(
                                "insert into run (id, name, dataset_id, pipeline_name, steps, batch_size,"
                                        + " max_parallel_batches, record_concurrency, record_timeout_ms, trace, isolation, records,"
                                        + " batches) values (:id, 'run', :dataset, 'none', '[]', 1, 1, 1, 1, 'all', 'run', 1, 1)")
                        .setParameter("id", run)
                        .setParameter("dataset", UUID.fromString(dataset))
                        .executeUpdate());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json     | ``                      | 400 | EMPTY_BODY",
                "application/json     | ` `                     | 400 | EMPTY_BODY",
                "application/json     | `[]`                    | 422 | EMPTY_DATASET",
                "text/csv             | `a,b`                   | 422 | EMPTY_DATASET",
                "application/json     | `[1]`                   | 422 | NOT_A_RECORD_LIST",
                "application/json     | `\"text\"`              | 422 | NOT_A_RECORD_LIST",
                "application/json     | `[{\"a\":1},`           | 400 | INVALID_JSON",
                "application/json     | `[{\"a\":NaN}]`         | 400 | INVALID_JSON",
                "application/json     | `[{\"a\":1}] x`         | 400 | INVALID_JSON",
                "application/json     | `[{\"a\":1,\"a\":2}]`   | 400 | DUPLICATE_KEY",
                "text/csv             | `a,a`                   | 400 | DUPLICATE_KEY",
                "text/csv             | `a\"b`                  | 400 | INVALID_CSV",
                "application/json     | `PK\u0003\u0004zip`     | 415 | UNSUPPORTED_TYPE",
                "image/png            | `[{\"a\":1}]`           | 415 | UNSUPPORTED_TYPE",
                "nonsense             | `[{\"a\":1}]`           | 415 | UNSUPPORTED_TYPE",
                "application/json;charset=utf-16 | `[{\"a\":1}]` | 415 | UNSUPPORTED_TYPE"
            })
    void badUploadIsRejected(String type, String body, int status, String code) {
        upload(type, body)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("detail", endsWith("."));

        assertEquals(0, drafts());
    }

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

    @Test
    void sameKeyWithAnotherSeparatorIsAnotherUpload() {
        String key = UUID.randomUUID().toString();
        uploadWithKey(key, "a;b,c\n1;2,3\n").statusCode(201);

        given().contentType(JSON)
                .header("Idempotency-Key", key)
                .queryParam("separator", ",")
                .body("a;b,c\n1;2,3\n")
                .post(DATASETS)
                .then()
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
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

    private long rows() {
        return QuarkusTransaction.requiringNew().call(repository::count);
    }

    private long folders() {
        return names(storage.directory().resolve("blobs/datasets")).length;
    }

    private static String[] names(Path folder) {
        String @Nullable [] names = folder.toFile().list();
        return names == null ? new String[0] : names;
    }

    private Path folder(String id) {
        return storage.directory().resolve("blobs/datasets").resolve(id);
    }

    private int drafts() {
        return names(storage.directory().resolve("drafts")).length;
    }
}
