package dev.datapipeline.dataset;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;

/** Requests that upload and read datasets. */
final class DatasetRequests {
    static final String DATASETS = "/api/v1/datasets";
    static final String JSON = "application/json";

    private DatasetRequests() {}

    /** A request that says no more of its content than it is told to. */
    static RequestSpecification given() {
        EncoderConfig asTold = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return RestAssured.given().config(RestAssured.config().encoderConfig(asTold));
    }

    static ValidatableResponse upload(String type, String body) {
        return upload(type, body.getBytes(StandardCharsets.UTF_8));
    }

    static ValidatableResponse upload(String type, byte[] body) {
        return given().queryParam("name", "test")
                .header("Content-Type", type)
                .body(body)
                .post(DATASETS)
                .then();
    }

    static String uploaded(String name) {
        Response response = given().queryParam("name", name)
                .contentType(JSON)
                .body("[{\"a\":1}]")
                .post(DATASETS);
        return response.then().statusCode(201).extract().path("id");
    }

    static ValidatableResponse records(String id, String query) {
        return given().get(DATASETS + "/" + id + "/records" + query).then();
    }
}
