package dev.datapipeline.secret.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.datapipeline.identity.Role;
import dev.datapipeline.llm.upstream.LlmConfig;
import dev.datapipeline.storage.StorageConfig;
import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.FreePorts;
import dev.datapipeline.testing.TestUsers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets over HTTP, from the one who sets them to the upstream that they are sent to. */
@QuarkusTest
@TestProfile(SecretResourceTest.WithUpstream.class)
@WithTestResource(DatabaseResource.class)
class SecretResourceTest {
    private static final String SECRETS = "/api/v1/secrets/";
    private static final String VALUE = "sk-7h1s/is+a=s3cret-value";

    private final TestUsers users;
    private final DataSource database;
    private final StorageConfig storage;
    private final LlmConfig models;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private UUID admin = new UUID(0, 0);
    private @Nullable HttpServer upstream;
    private @Nullable LeakSearch leaks;

    /** A service with users and an upstream whose key is a secret; the upstream repeats what it is sent. */
    public static final class WithUpstream implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String address = "http://127.0.0.1:" + FreePorts.next() + "/v1";
            return Map.of(
                    "datapipeline.auth", "required",
                    "quarkus.http.proxy.proxy-address-forwarding", "true",
                    "datapipeline.llm.upstreams.echo.base-url", address,
                    "datapipeline.llm.upstreams.echo.api-key-secret", "echo_key");
        }
    }

    @Inject
    SecretResourceTest(DataSource database, StorageConfig storage, LlmConfig models) {
        this.users = new TestUsers(database);
        this.database = database;
        this.storage = storage;
        this.models = models;
    }

    @BeforeEach
    void begin() throws IOException {
        admin = users.account(Role.ADMIN);
        leaks = new LeakSearch(database, storage.directory());
        leaks.begin();
        int port =
                Objects.requireNonNull(models.upstreams().get("echo")).baseUrl().getPort();
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        upstream.createContext("/v1/models", this::repeat);
        upstream.start();
    }

    @AfterEach
    void end() {
        leaks().end();
        Objects.requireNonNull(upstream).stop(0);
    }

    private LeakSearch leaks() {
        return Objects.requireNonNull(leaks);
    }

    /** Refuses the key and says it, as some servers do. */
    private void repeat(HttpExchange exchange) throws IOException {
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        authorizations.add(sent);
        byte[] answer = "{\"error\": {\"message\": \"Incorrect API key provided: %s\"}}"
                .formatted(sent)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(401, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private RequestSpecification as(UUID account) {
        return given().cookie("dpf-session", users.session(account))
                .header("Sec-Fetch-Site", "same-origin")
                .contentType(ContentType.JSON);
    }

    private void set(String name, String value) {
        as(admin).body(Map.of("value", value)).put(SECRETS + name).then().statusCode(204);
    }

    private String check() {
        return as(admin).post("/api/v1/llm/upstreams/echo/check").asString();
    }

    @Test
    void aSecretIsListedWithoutItsValueAndDeleted() {
        set("listed", VALUE);

        as(admin)
                .get("/api/v1/secrets")
                .then()
                .statusCode(200)
                .body("items.name", hasItem("listed"))
                .body("items.find { it.name == 'listed' }.changedBy", equalTo("admin-" + admin))
                .body("items.find { it.name == 'listed' }.value", equalTo(null));
        as(admin).get(SECRETS + "listed").then().statusCode(405);
        as(admin).delete(SECRETS + "listed").then().statusCode(204);
        as(admin).delete(SECRETS + "listed").then().statusCode(404);
        as(admin).get("/api/v1/secrets").then().body("items.name", not(hasItem("listed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"value\": null}",
                "{\"value\": \"\"}",
                "{\"value\": \"  \"}",
                "{\"value\": \"two\\nlines\"}",
                "{\"value\": \"nul\\u0000\"}",
                "{\"value\": \"\\ud800\"}",
                "{\"value\": 1}",
                "{\"value\": \"x\", \"other\": 1}"
            })
    void whatIsNoValueIsRefused(String body) {
        int status = as(admin).body(body).put(SECRETS + "refused").statusCode();

        assertTrue(status == 400 || status == 422, body + " " + status);
        as(admin).get("/api/v1/secrets").then().body("items.name", not(hasItem("refused")));
    }

    @Test
    void whatIsNoNameIsRefused() {
        Map<String, String> body = Map.of("value", VALUE);
        as(admin).body(body).put(SECRETS + "a.b").then().statusCode(422);
        as(admin).body(body).put(SECRETS + "x".repeat(65)).then().statusCode(422);
        as(admin)
                .body(Map.of("value", "x".repeat(8_193)))
                .put(SECRETS + "long")
                .then()
                .statusCode(422);
    }

    @Test
    void onlyAdministratorsHaveToDoWithSecretsAndNoKeys() {
        UUID editor = users.account(Role.EDITOR);
        as(editor).get("/api/v1/secrets").then().statusCode(403);
        as(editor).body(Map.of("value", VALUE)).put(SECRETS + "mine").then().statusCode(403);
        given().auth()
                .oauth2(users.key(admin, Role.ADMIN))
                .get("/api/v1/secrets")
                .then()
                .statusCode(403);
    }

    @Test
    void theUpstreamGetsTheValueOfNowAndNobodyElseSeesIt() throws Exception {
        String without = check();
        set("echo_key", VALUE);
        String refused = check();
        set("echo_key", VALUE + "-2");
        String changed = check();

        assertEquals(List.of("null", "Bearer " + VALUE, "Bearer " + VALUE + "-2"), authorizations);
        assertTrue(refused.contains("401"), refused);
        for (String answer : List.of(without, refused, changed)) {
            leaks().assertNone(VALUE, answer);
        }
        leaks().assertNone(VALUE, as(admin).get("/api/v1/secrets").asString());
        leaks().assertNone(VALUE, as(admin).get("/api/v1/llm/upstreams").asString());
        leaks().assertNone(VALUE, as(admin).get("/api/v1/audit").asString());
        leaks().assertNone(
                        VALUE,
                        given().cookie("dpf-session", users.session(admin))
                                .get("/q/metrics")
                                .asString());
        leaks().assertNone(
                        VALUE,
                        as(admin)
                                .body("{\"value\": " + VALUE)
                                .put(SECRETS + "broken")
                                .asString());
        leaks().assertNoneAnywhere(VALUE);
        as(admin).delete(SECRETS + "echo_key").then().statusCode(204);
    }
}
