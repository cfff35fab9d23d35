package dev.datapipeline.llm.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.datapipeline.llm.call.Admission;
import dev.datapipeline.llm.call.Refusal;
import dev.datapipeline.outbound.TestRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of OpenAI for Java, unmodified, as a script would use it. */
@Timeout(120)
class OpenAiClientTest {
    @TempDir
    Path folder;

    private GatewayHarness gateway;
    private TestRelay relay;
    private OpenAIClient client;

    @BeforeEach
    void open() throws IOException {
        gateway = new GatewayHarness(folder);
        relay = new TestRelay(gateway.socket(GatewayHarness.scope()));
        client = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + relay.port() + "/v1")
                .apiKey("dpf-sandbox")
                .build();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        relay.close();
        gateway.close();
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Is it true?")
                .build();
    }

    @Test
    void answersAndStreamsAreRead() {
        gateway.stub.on("m", exchange -> exchange.chat("true", 12, 3));
        gateway.stub.on(
                "s",
                exchange -> exchange.stream()
                        .chunk(": comment\n\n")
                        .token("tr")
                        .token("ue")
                        .finish()
                        .usage(1, 2)
                        .done()
                        .endOfChunks());

        var answer = client.chat().completions().create(question("m"));
        StringBuilder streamed = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question("s"))) {
            // The first choice of each event is asked for without a look whether there is one.
            stream.stream()
                    .forEach(event -> streamed.append(
                            event.choices().get(0).delta().content().orElse("")));
        }

        assertEquals("true", answer.choices().get(0).message().content().orElseThrow());
        assertEquals("true", streamed.toString());
    }

    @Test
    void embeddingsAreRead() {
        gateway.stub.on(
                "e",
                exchange -> exchange.json(
                        "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\","
                                + "\"index\":0,\"embedding\":[0.5,0.25]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"));

        var answer = client.embeddings()
                .create(EmbeddingCreateParams.builder().model("e").input("x").build());

        assertEquals(2, answer.data().get(0).embedding().size());
    }

    @Test
    void finalErrorsAreNotTriedAgain() {
        AtomicInteger asked = new AtomicInteger();
        gateway.ledger.admissions = request -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(
                    new Admission.Refused(Refusal.RATE_LIMITED, "too late", Duration.ofMillis(5)));
        };

        OpenAIServiceException failure = assertThrows(
                OpenAIServiceException.class, () -> client.chat().completions().create(question("m")));

        assertEquals(429, failure.statusCode());
        assertEquals(1, asked.get());
    }

    @Test
    void refusalIsReadWithItsMessage() {
        gateway.stub.on("m", exchange -> exchange.error(400, "odd", "the model does not like it"));

        BadRequestException failure = assertThrows(
                BadRequestException.class, () -> client.chat().completions().create(question("m")));

        assertTrue(String.valueOf(failure.getMessage()).contains("the model does not like it"));
        assertEquals("odd", failure.code().orElse(""));
    }

    @Test
    void streamThatBreaksIsAnError() {
        gateway.stub.on("m", exchange -> exchange.stream().token("half").close());
        StringBuilder streamed = new StringBuilder();

        assertThrows(OpenAIException.class, () -> {
            try (StreamResponse<ChatCompletionChunk> stream =
                    client.chat().completions().createStreaming(question("m"))) {
                stream.stream().forEach(event -> streamed.append(event));
            }
        });

        assertFalse(streamed.isEmpty());
    }
}
