package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallScope.Grant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RefusedCallsTest {
    @TempDir
    Path folder;

    private GatewayHarness gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new GatewayHarness(folder);
    }

    @AfterEach
    void close() throws Exception {
        assertTrue(gateway.stub.requests().isEmpty());
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/files, 403, endpoint_not_allowed",
        "POST, /v1/batches, 403, endpoint_not_allowed",
        "POST, /v1/audio/speech, 403, endpoint_not_allowed",
        "POST, /v1/images/generations, 403, endpoint_not_allowed",
        "GET, /v1/responses/resp_1, 403, endpoint_not_allowed",
        "GET, /v1/vector_stores, 403, endpoint_not_allowed",
        "POST, /v1/nothing, 404, unknown_url",
        "GET, /, 404, unknown_url",
        "POST, /v1//chat/completions, 404, unknown_url",
        "POST, /v1/../v1/chat/completions, 404, unknown_url",
        "GET, /v1/chat/completions, 405, method_not_allowed",
        "DELETE, /v1/models/m, 405, method_not_allowed",
        "GET, /v1/models/m, 404, model_not_found",
    })
    void otherAddressesAreRefusedInTheShapeOfOpenAi(String method, String target, int status, String code)
            throws Exception {
        Path socket = gateway.socket(GatewayHarness.scope(List.of("allowed"), 0, Set.of()));

        var answer = gateway.client(socket)
                .head(method + " " + target + " HTTP/1.1", "Host: x", "Content-Length: 0")
                .answer();

        assertEquals(status, answer.status());
        assertTrue(answer.text().contains("\"code\":\"" + code + "\""), answer.text());
        assertEquals("application/json", answer.headers().get("content-type"));
        assertEquals("false", answer.headers().get("x-should-retry"));
        assertTrue(answer.headers().containsKey("x-request-id"));
        assertEquals(status == 405, answer.headers().containsKey("allow"));
    }

    @Test
    void modelsAreListedWithoutACall() throws Exception {
        Path socket = gateway.socket(GatewayHarness.scope(List.of("b", "a/x"), 0, Set.of()));

        var list = gateway.client(socket)
                .head("GET /v1/models HTTP/1.1", "Host: x")
                .answer();
        var one = gateway.client(socket)
                .head("GET /models/a/x HTTP/1.1", "Host: x")
                .answer();
        var head = gateway.client(socket)
                .head("HEAD /v1/models HTTP/1.1", "Host: x")
                .answer();
        var options = gateway.client(socket)
                .head("OPTIONS /v1/models HTTP/1.1", "Host: x")
                .answer();

        assertEquals(
                "{\"object\":\"list\",\"data\":[{\"id\":\"a/x\",\"object\":\"model\",\"created\":0,\"owned_by\":\"stub\"},"
                        + "{\"id\":\"b\",\"object\":\"model\",\"created\":0,\"owned_by\":\"stub\"}]}",
                list.text());
        assertEquals("{\"id\":\"a/x\",\"object\":\"model\",\"created\":0,\"owned_by\":\"stub\"}", one.text());
        assertEquals(200, head.status());
        assertEquals(0, head.body().length);
        assertEquals(204, options.status());
        assertEquals("GET, HEAD, OPTIONS", options.headers().get("allow"));
    }

    @Test
    void modelThatIsNotAllowedIsRefused() throws Exception {
        Path socket = gateway.socket(GatewayHarness.scope(List.of("other"), 0, Set.of()));

        var answer = gateway.client(socket)
                .post("/v1/chat/completions", GatewayHarness.body("m"))
                .answer();

        assertEquals(403, answer.status());
        assertTrue(answer.text().contains("model_not_allowed"));
    }

    @Test
    void errorsOfTheTransportHaveTheSameShape() throws Exception {
        var answer = gateway.client(gateway.socket(GatewayHarness.scope()))
                .post("/v1/chat/completions", "x", "Content-Encoding: gzip")
                .answer();

        assertEquals(415, answer.status());
        assertTrue(answer.text().startsWith("{\"error\":{\"message\":\""), answer.text());
        assertEquals(
                415,
                gateway.post("/v1/chat/completions", "x", "Content-Type: multipart/form-data")
                        .status());
    }

    @Test
    void grantOfAnAdministratorOpensWhatIsClosed() throws Exception {
        String body = "{\"model\":\"m\",\"messages\":[],\"tools\":[{\"type\":\"web_search\"}]}";
        Path closed = gateway.socket(GatewayHarness.scope());
        Path granted = gateway.socket(GatewayHarness.scope(List.of(), 0, Set.of(Grant.REMOTE_URLS)));

        assertEquals(
                403,
                gateway.client(closed)
                        .post("/v1/chat/completions", body)
                        .answer()
                        .status());
        assertEquals(
                403,
                gateway.client(granted)
                        .post("/v1/chat/completions", body)
                        .answer()
                        .status());
    }
}
