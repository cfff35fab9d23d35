package dev.datapipeline.llm.gateway;

import dev.datapipeline.outbound.SandboxClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Streams through a gateway to an upstream that the test plays. */
abstract class StreamFixture extends GatewayFixture {
    static final String ROLE = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}";
    static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}";

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
