package dev.datapipeline.environment.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.environment.wheel.SampleWheel;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class WheelResourceTest {
    private static final String WHEELS = "/api/v1/wheels";

    private static ValidatableResponse upload(SampleWheel wheel) {
        return RestAssured.given()
                .queryParam("filename", wheel.filename())
                .contentType("application/octet-stream")
                .body(wheel.bytes())
                .post(WHEELS)
                .then();
    }

    @Test
    void uploadedWheelIsListedUntilItIsDeleted() {
        SampleWheel wheel = SampleWheel.of("wheel_of_resource", "1.2");

        upload(wheel)
                .statusCode(201)
                .body("items[0].filename", equalTo(wheel.filename()))
                .body("items[0].name", equalTo("wheel-of-resource"))
                .body("items[0].version", equalTo("1.2"))
                .body("items[0].sha256", equalTo(wheel.sha256()))
                .body("items[0].size", equalTo(wheel.bytes().length));
        RestAssured.get(WHEELS).then().statusCode(200).body("items.filename", hasItem(wheel.filename()));
        RestAssured.delete(WHEELS + "/" + wheel.sha256()).then().statusCode(204);
        RestAssured.get(WHEELS).then().body("items.filename", not(hasItem(wheel.filename())));
        RestAssured.delete(WHEELS + "/" + wheel.sha256()).then().statusCode(404);
    }

    /** Longer than what other requests may hold in memory. Not by RestAssured, which makes text of every body. */
    @Test
    void largeWheelIsNoBodyInMemory() throws Exception {
        URI address = URI.create(
                RestAssured.baseURI + ":" + RestAssured.port + WHEELS + "?filename=large-1.0-py3-none-any.whl");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[40 << 20]))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertEquals(422, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("large-1.0-py3-none-any.whl is not a zip file"), answer.body());
    }

    @Test
    void whatIsNoWheelIsRefused() {
        RestAssured.given()
                .contentType("application/zip")
                .body("text".getBytes(StandardCharsets.UTF_8))
                .post(WHEELS)
                .then()
                .statusCode(422)
                .body("code", equalTo("WHEEL_REFUSED"))
                .body("detail", containsString("not a zip file"));
    }
}
