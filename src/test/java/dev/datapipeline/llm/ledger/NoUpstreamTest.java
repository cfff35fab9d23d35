package dev.datapipeline.llm.ledger;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.testing.RunOrder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A service without an upstream does nothing for model calls. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class NoUpstreamTest {
    private static final List<String> OURS = List.of("llm-", "outbound", "model-bodies", "timer");

    private final Path data = ConfigProvider.getConfig().getValue("datapipeline.data.directory", Path.class);

    @Test
    void nothingIsStartedAndNothingWritten() throws Exception {
        RunOrder.ofNumbers(1).submit().awaitEnd("SUCCEEDED");

        get("/api/v1/llm/upstreams").then().statusCode(200).body("items", hasSize(0));
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> OURS.stream().anyMatch(name::startsWith))
                        .toList());
        assertFalse(Files.exists(data.resolve("blobs/model-calls")));
        assertFalse(Files.exists(data.resolve("blobs/model-cache")));
    }
}
