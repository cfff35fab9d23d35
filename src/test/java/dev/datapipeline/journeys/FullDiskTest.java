package dev.datapipeline.journeys;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FullDiskTest.NoDiskIsLargeEnough.class)
@WithTestResource(DatabaseResource.class)
class FullDiskTest {
    public static final class NoDiskIsLargeEnough implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("datapipeline.admission.min-free-space", "1000000G");
        }
    }

    @Test
    void runIsRejectedBeforeTheDiskIsFull() {
        RunOrder.ofNumbers(1).post().then().statusCode(507).body("code", equalTo("NO_SPACE"));
    }

    @Test
    void fullDiskIsReportedByAReadyService() {
        get("/q/health/ready").then().statusCode(200);
        get("/q/health")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'disk' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'disk' }.data.reason", containsString("Delete runs or datasets"));
    }
}
