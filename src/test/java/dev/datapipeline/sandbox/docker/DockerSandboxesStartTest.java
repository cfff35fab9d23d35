package dev.datapipeline.sandbox.docker;

import static dev.datapipeline.testing.Eventually.eventually;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.docker.container.RealSandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.Batches;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sandboxes as the service has them. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DockerSandboxesStartTest {
    @Inject
    Sandboxes sandboxes;

    @Test
    void sandboxesAreLeasedAndReportedAsReady() throws Exception {
        UUID run = UUID.randomUUID();
        try (SandboxLease sandbox =
                sandboxes.lease(RealSandboxes.request(run, Batches.pipeline("def transform(record): return record")))) {
            assertEquals(
                    3,
                    sandbox.run(new BatchExchange(Batches.numbered(3), new Batches.Kept()))
                            .succeeded());
        }
        sandboxes.release(new SandboxOwner(run, 0));

        eventually(
                "Docker was asked",
                () -> given().get("/q/health/ready")
                        .path("checks.find { it.name == 'sandboxes' }.status")
                        .equals("UP"));
        given().get("/q/health/ready").then().body("checks.name", hasItem("sandboxes"));
    }
}
