package dev.datapipeline.dataset;

import static dev.datapipeline.dataset.DatasetRequests.DATASETS;
import static dev.datapipeline.dataset.DatasetRequests.JSON;
import static dev.datapipeline.dataset.DatasetRequests.given;
import static dev.datapipeline.dataset.DatasetRequests.records;
import static dev.datapipeline.dataset.DatasetRequests.upload;
import static dev.datapipeline.dataset.DatasetRequests.uploaded;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.Gzip;
import dev.datapipeline.storage.StorageConfig;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DatasetResourceTest {
    private static final String NDJSON = "application/x-ndjson";

    @Inject
    DatasetRepository repository;

    @Inject
    EntityManager database;

    @Inject
    StorageConfig storage;

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
                                "insert into run (id, project_id, name, dataset_id, pipeline_name, steps, batch_size,"
                                        + " max_parallel_batches, record_concurrency, record_timeout_ms, trace, isolation, records,"
                                        + " batches) values (:id, '00000000-0000-0000-0000-000000000001', 'run', :dataset, 'none', '[]', 1, 1, 1, 1, 'all', 'run', 1, 1)")
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
                "application/json     | `PK\u0003\u0004zip`     | 400 | INVALID_ARCHIVE",
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
