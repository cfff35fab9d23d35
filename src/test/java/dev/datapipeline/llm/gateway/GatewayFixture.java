package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.datapipeline.llm.call.CallEnd;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls through a gateway to an upstream that the test plays. */
@Timeout(60)
abstract class GatewayFixture {
    @TempDir
    Path folder;

    GatewayHarness gateway;

    @BeforeEach
    void open() throws IOException {
        gateway = new GatewayHarness(folder);
    }

    @AfterEach
    void close() throws Exception {
        assertEquals(0, gateway.ledger.open.get(), "calls that nobody has ended");
        gateway.close();
    }

    CallEnd.Complete completed() throws InterruptedException {
        return assertInstanceOf(CallEnd.Complete.class, gateway.ledger.end());
    }
}
