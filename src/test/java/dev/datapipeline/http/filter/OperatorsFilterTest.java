package dev.datapipeline.http.filter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class OperatorsFilterTest {
    private static final boolean DIRECT = false;
    private static final boolean FORWARDED = true;

    private static OperatorsFilter operators(String... allowed) {
        return new OperatorsFilter(List.of(allowed), new ProblemWriter(new ObjectMapper()));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "::1, true",
        "10.1.2.3, true",
        "10.2.0.1, false",
        "192.168.7.9, true",
        "192.168.7.10, false",
        "fd00::9, true",
        "2001:db8::1, false"
    })
    void askFromThisMachineOrANetworkThatIsNamed(String client, boolean isOperator) throws UnknownHostException {
        OperatorsFilter operators = operators("10.1.0.0/16", "192.168.7.9", "fd00::/8");

        assertEquals(isOperator, operators.isOperator(address(client), DIRECT));
    }

    @Test
    void proxiedRequestsAreRejectedUnlessAnybodyMayAsk() throws UnknownHostException {
        assertFalse(operators("10.1.0.0/16").isOperator(address("10.1.2.3"), FORWARDED));
        assertFalse(operators().isOperator(address("127.0.0.1"), FORWARDED));
        assertFalse(operators().isOperator(null, DIRECT));
        assertTrue(operators("any").isOperator(address("2001:db8::1"), FORWARDED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "10.0.0.0/33", "10.0.0.0/x", ""})
    void invalidNetworkFailsTheStart(String network) {
        assertThrows(IllegalArgumentException.class, () -> operators(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health", "/q/health/live", "/q/openapi", "/q/nothing"})
    void onlyOperatorsSeeHealthAndMetrics(String path) {
        given().header("X-Forwarded-For", "127.0.0.1")
                .get(path)
                .then()
                .statusCode(403)
                .body("code", equalTo("OPERATORS_ONLY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/metrics", "/q/health/live", "/q/openapi"})
    void requestsFromThisMachinePass(String path) {
        given().get(path).then().statusCode(200);
    }
}
