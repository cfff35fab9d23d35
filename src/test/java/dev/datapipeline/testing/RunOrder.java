package dev.datapipeline.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A run to be submitted as JSON: a dataset of its own and one step called "clean" that changes nothing, unless told defaultValue. */
public final class RunOrder {
    /** Gives every record back as it came. */
    public static final String UNCHANGED = "def transform(record):\n    return record\n";

    private final String records;
    private final Map<String, Object> options = new LinkedHashMap<>();
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private @Nullable String idempotencyKey;

    private RunOrder(String records) {
        this.records = records;
    }

    /**
     * A run of these records.
     *
     * @param records a dataset as JSON
     */
    public static RunOrder of(String records) {
        return new RunOrder(records);
    }

    /** Records {@code {"n":0}}, {@code {"n":1}} … */
    public static RunOrder ofNumbers(int count) {
        return of(numbers(count));
    }

    public static String numbers(int count) {
        return IntStream.range(0, count).mapToObj("{\"n\":%d}"::formatted).collect(Collectors.joining(",", "[", "]"));
    }

    /** The only step, with a main script only. */
    public RunOrder main(String source) {
        return step("clean", null, source, null);
    }

    public RunOrder step(String name, @Nullable String pre, String main, @Nullable String post) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", name);
        put(step, "pre", pre);
        put(step, "main", main);
        put(step, "post", post);
        steps.add(step);
        return this;
    }

    private static void put(Map<String, Object> step, String stage, @Nullable String source) {
        if (source != null) {
            step.put(stage, Map.of("name", stage + ".py", "source", source));
        }
    }

    public RunOrder with(String option, Object value) {
        options.put(option, value);
        return this;
    }

    public RunOrder withKey(String key) {
        idempotencyKey = key;
        return this;
    }

    public Map<String, Object> pipeline() {
        if (steps.isEmpty()) {
            main(UNCHANGED);
        }
        return Map.of("name", "journey", "steps", steps);
    }

    /** Stores the dataset; the body that refers to it may be posted any number of times. */
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>(options);
        body.putIfAbsent("datasetId", upload(records));
        body.putIfAbsent("pipeline", pipeline());
        return body;
    }

    public static String upload(String records) {
        return given().contentType(ContentType.JSON)
                .body(records)
                .post("/api/v1/datasets?name=journey")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    public Response post() {
        return post(body());
    }

    public Response post(Map<String, Object> body) {
        var request = given().contentType(ContentType.JSON).body(body);
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return request.post("/api/v1/runs");
    }

    public SubmittedRun submit() {
        return new SubmittedRun(post().then().statusCode(202).extract().path("id"));
    }
}
