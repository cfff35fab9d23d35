package dev.datapipeline.llm.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.datapipeline.llm.stub.StubResource;
import dev.datapipeline.llm.stub.StubUpstream;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
@WithTestResource(StubResource.class)
class UpstreamResourceTest {
    private StubUpstream stub;

    @BeforeEach
    void open() throws IOException {
        stub = StubResource.upstream();
    }

    @AfterEach
    void close() throws IOException {
        stub.close();
    }

    @Test
    void upstreamsAreListedWithoutTheirKeys() {
        get("/api/v1/llm/upstreams")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].name", equalTo("stub"))
                .body("items[0].isDefault", equalTo(true))
                .body("items[0].hasKey", equalTo(true))
                .body(not(containsString(StubResource.KEY)));
    }

    @Test
    void upstreamIsCheckedWithItsKey() {
        stub.on("/v1/models", exchange -> exchange.json("{\"data\":[{\"id\":\"m\"}]}"));

        given().noContentType()
                .post("/api/v1/llm/upstreams/stub/check")
                .then()
                .statusCode(200)
                .body("isUsable", equalTo(true))
                .body("models", equalTo(List.of("m")));
    }

    @Test
    void keyThatTheUpstreamRefusesIsAProblemAndNotShown() {
        stub.on("/v1/models", exchange -> exchange.error(401, "invalid_api_key", "wrong key " + StubResource.KEY));

        given().noContentType()
                .post("/api/v1/llm/upstreams/stub/check")
                .then()
                .statusCode(200)
                .body("isUsable", equalTo(false))
                .body("status", equalTo(401))
                .body("problem", containsString("api-key"))
                .body(not(containsString(StubResource.KEY)));
    }

    @Test
    void unknownUpstreamIsNotFound() {
        given().noContentType()
                .post("/api/v1/llm/upstreams/nobody/check")
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
    }
}
