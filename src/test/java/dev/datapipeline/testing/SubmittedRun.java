package dev.datapipeline.testing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A run as a client follows it. Every look at it checks that its counts add up. */
public record SubmittedRun(String id) {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING", "PAUSED");
    private static final List<String> RECORDS = List.of("succeeded", "failed", "skipped", "cancelled", "pending");
    private static final List<String> BATCHES = List.of("queued", "running", "succeeded", "failed", "cancelled");

    public String path() {
        return "/api/v1/runs/" + id;
    }

    public JsonPath look() {
        JsonPath run = given().get(path()).then().statusCode(200).extract().jsonPath();
        assertAddsUp(run, "records", RECORDS);
        assertAddsUp(run, "batches", BATCHES);
        return run;
    }

    private static void assertAddsUp(JsonPath run, String what, List<String> parts) {
        long sum =
                parts.stream().mapToLong(part -> run.getLong(what + "." + part)).sum();
        assertEquals(run.getLong(what + ".total"), sum, what + " add up: " + run.getMap(what));
    }

    public JsonPath await(String what, Predicate<JsonPath> condition) throws Exception {
        Eventually.eventually(what + " of run " + id, LONGEST, () -> condition.test(look()));
        return look();
    }

    public JsonPath awaitEnd() throws Exception {
        return await("the end", run -> !OPEN.contains(run.getString("status")));
    }

    /** The run, which has ended as it should. */
    public JsonPath awaitEnd(String status) throws Exception {
        JsonPath run = awaitEnd();
        assertEquals(status, run.getString("status"), String.valueOf(run.getString("statusReason")));
        return run;
    }

    public ValidatableResponse get(String rest) {
        return given().get(path() + rest).then();
    }

    public JsonPath records(String query) {
        return get("/records" + query).statusCode(200).extract().jsonPath();
    }

    public String results(String format, String view) {
        Response response = given().get(path() + "/results?format=" + format + "&view=" + view);
        return response.then().statusCode(200).extract().asString();
    }

    public ValidatableResponse cancel() {
        return given().post(path() + "/cancel").then();
    }

    /** Runs again what did not succeed, with the same pipeline. */
    public ValidatableResponse retry() {
        return given().noContentType().post(path() + "/retry").then();
    }

    public ValidatableResponse retry(Map<String, Object> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(path() + "/retry")
                .then();
    }

    public ValidatableResponse delete() {
        return given().delete(path()).then();
    }
}
