package dev.datapipeline.retention;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datapipeline.storage.BlobName;
import dev.datapipeline.storage.BlobWriter;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RetentionTest.NothingIsKept.class)
@WithTestResource(DatabaseResource.class)
class RetentionTest {
    public static final class NothingIsKept implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("datapipeline.retention.runs", "0S", "datapipeline.retention.datasets", "0S");
        }
    }

    @Inject
    Retention retention;

    @Inject
    Blobs blobs;

    @Test
    void oldRunsAndUnusedDatasetsAreDeletedAndOpenRunsStay() throws Exception {
        SubmittedRun ended = RunOrder.ofNumbers(2).submit();
        ended.awaitEnd("SUCCEEDED");
        SubmittedRun open = RunOrder.ofNumbers(1)
                .main("import time\ndef transform(record):\n    time.sleep(60)\n    return record\n")
                .submit();
        String datasetOfOpen = open.look().getString("dataset.id");

        retention.clean();

        given().get(ended.path()).then().statusCode(404);
        given().get("/api/v1/datasets/" + datasetOfOpen).then().statusCode(200);
        assertEquals(
                1, given().get("/api/v1/datasets").jsonPath().getList("items").size());
        assertThrows(NoSuchFileException.class, () -> blobs.open(BlobName.of("runs", ended.id())));

        open.cancel().statusCode(200);
        retention.clean();

        given().get(open.path()).then().statusCode(404);
        given().get("/api/v1/datasets/" + datasetOfOpen).then().statusCode(404);
    }

    @Test
    void starredRunsAndDatasetsStay() throws Exception {
        SubmittedRun run = RunOrder.ofNumbers(2).submit();
        run.awaitEnd("SUCCEEDED");
        String dataset = "/api/v1/datasets/" + RunOrder.upload("[{\"kept\":true}]");
        star(run.path(), true);
        star(dataset, true);

        retention.clean();

        given().get(run.path()).then().statusCode(200);
        given().get(dataset).then().statusCode(200);
        star(run.path(), false);
        star(dataset, false);
        retention.clean();
        given().get(run.path()).then().statusCode(404);
        given().get(dataset).then().statusCode(404);
    }

    private static void star(String path, boolean starred) {
        given().contentType(ContentType.JSON)
                .body(Map.of("starred", starred))
                .patch(path)
                .then()
                .statusCode(200);
    }

    @Test
    void unreferencedFilesAreDeleted() throws IOException {
        BlobName leftBehind = BlobName.of("runs", UUID.randomUUID(), "sandbox");
        try (BlobWriter writer = blobs.create(leftBehind)) {
            writer.publish();
        }

        retention.removeUnreferenced("runs", List::of, Duration.ofHours(1));
        blobs.open(leftBehind).close();
        retention.removeUnreferenced("runs", List::of, Duration.ofHours(-1));

        assertThrows(NoSuchFileException.class, () -> blobs.open(leftBehind));
    }
}
