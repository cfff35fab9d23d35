package dev.datapipeline.dataset;

import static dev.datapipeline.dataset.DatasetRequests.DATASETS;
import static dev.datapipeline.dataset.DatasetRequests.JSON;
import static dev.datapipeline.dataset.DatasetRequests.given;
import static dev.datapipeline.dataset.DatasetRequests.records;
import static dev.datapipeline.dataset.DatasetRequests.upload;
import static dev.datapipeline.dataset.DatasetRequests.uploaded;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of datasets and of their records. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DatasetListTest {
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

    @Test
    void datasetsWithTheSameContentAreRecognised() {
        String content = "[{\"only\":\"" + UUID.randomUUID() + "\"}]";
        String first = upload(JSON, content).statusCode(201).extract().path("id");
        String second = upload(JSON, content).statusCode(201).extract().path("id");
        String hash = given().get(DATASETS + "/" + first).path("sha256");

        given().get(DATASETS + "?sha256=" + hash.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(second, first)))
                .body("items.sameContent", equalTo(List.of(1, 1)))
                .body("items.runs", equalTo(List.of(0, 0)));
    }

    @Test
    void datasetsAreLabelledSearchedSortedAndSummed() {
        String mark = UUID.randomUUID().toString();
        String large = upload(JSON, "[{\"a\":1},{\"a\":2}]").extract().path("id");
        String small = uploaded("plain");
        String labels =
                "{\"name\":\"Kept %s\",\"note\":\"n\",\"tags\":[\"%s\"],\"starred\":true}".formatted(mark, mark);
        for (String id : List.of(large, small)) {
            given().contentType(JSON)
                    .body(labels)
                    .patch(DATASETS + "/" + id)
                    .then()
                    .statusCode(200)
                    .body("name", equalTo("Kept " + mark))
                    .body("starred", equalTo(true));
        }

        given().get(DATASETS + "?sort=MOST_RECORDS&q=" + mark)
                .then()
                .body("items.id", equalTo(List.of(large, small)))
                .body("items.tags", equalTo(List.of(List.of(mark), List.of(mark))));
        given().get(DATASETS + "/totals?starred=true&tag=" + mark)
                .then()
                .body("datasets", equalTo(2))
                .body("records", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?sha256=abc",
                "?since=now",
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
}
