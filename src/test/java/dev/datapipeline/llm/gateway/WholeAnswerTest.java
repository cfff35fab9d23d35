package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WholeAnswerTest {
    @TempDir
    Path folder;

    @Test
    void answerGoesDownByteForByte() throws Exception {
        try (GatewayHarness gateway = new GatewayHarness(folder)) {
            gateway.stub.on("m", exchange -> exchange.chat("true", 12, 3));
            var answer = gateway.chat("m");
            System.out.println(answer + answer.text() + gateway.ledger.end() + gateway.stub.requests().getFirst().headers()
                    + gateway.stub.requests().getFirst().text() + gateway.ledger.requests);
            assertEquals(200, answer.status());
        }
    }
}
