package dev.datapipeline.server;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health while every thread of the API is busy, with work waiting behind it. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
@Timeout(60)
class HealthThreadsTest {
    private static final int MORE_THAN_THERE_ARE_THREADS = 1_000;

    @Inject
    Vertx vertx;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch busy = new CountDownLatch(100);

    @BeforeEach
    void keepAllThreadsBusy() throws InterruptedException {
        for (int task = 0; task < MORE_THAN_THERE_ARE_THREADS; task++) {
            vertx.executeBlocking(
                    () -> {
                        busy.countDown();
                        return release.await(40, TimeUnit.SECONDS);
                    },
                    false);
        }
        assertTrue(busy.await(20, TimeUnit.SECONDS));
    }

    @AfterEach
    void letThemGo() {
        release.countDown();
    }

    @Test
    void livenessAndReadinessAnswerWithinASecondAndStayTrue() {
        get("/q/health/live");
        get("/q/health/ready");
        Deadline longerThanAnyCheckIsPatient = Ticker.system().deadlineIn(Duration.ofSeconds(8));

        while (!longerThanAnyCheckIsPatient.isOver()) {
            withinASecond("/q/health/live")
                    .statusCode(200)
                    .body("status", equalTo("UP"))
                    .body("checks.name", hasItem("event loops"));
            withinASecond("/q/health/ready").body("checks.find { it.name == 'database' }.status", equalTo("UP"));
        }
    }

    private static ValidatableResponse withinASecond(String address) {
        Response response = get(address);
        assertTrue(response.time() < 1_000, address + " took " + response.time() + " ms");
        return response.then();
    }
}
