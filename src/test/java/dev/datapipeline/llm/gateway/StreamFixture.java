package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.datapipeline.llm.call.CallEnd;
import dev.datapipeline.outbound.SandboxClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams through a gateway to an upstream that the test plays. */
@Timeout(60)
abstract class StreamFixture {
    static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}";
    static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

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

    SandboxClient begin(String model) throws IOException {
        return gateway.client(gateway.socket(GatewayHarness.scope()))
                .post("/v1/chat/completions", GatewayHarness.streamBody(model));
    }

    static String remaining(SandboxClient client) throws IOException {
        StringBuilder rest = new StringBuilder();
        for (byte[] piece = client.receive(65_536); piece.length > 0; piece = client.receive(65_536)) {
            rest.append(new String(piece, StandardCharsets.UTF_8));
        }
        return rest.toString();
    }
}
