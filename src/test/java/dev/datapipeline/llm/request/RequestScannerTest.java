package dev.datapipeline.llm.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.llm.call.CallScope.Grant;
import dev.datapipeline.llm.call.Endpoint;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {
    private final RequestScanner scanner = new RequestScanner();

    private ModelRequest scan(Endpoint endpoint, String body) throws RequestRefusedException {
        return scanner.scan(endpoint, body.getBytes(StandardCharsets.UTF_8), Set.of());
    }

    private ModelRequest chat(String fields) throws RequestRefusedException {
        return scan(Endpoint.CHAT_COMPLETIONS, "{\"model\":\"m\"," + fields + "}");
    }

    private RequestRefusedException refusal(String body) {
        return assertThrows(
                RequestRefusedException.class,
                () -> scan(body.contains("\"input\"") ? Endpoint.RESPONSES : Endpoint.CHAT_COMPLETIONS, body),
                body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{\"model\":\"m\"} {}",
                "{\"model\":\"m\"}x",
                "{\"messages\":[]}",
                "{\"model\":\"\"}",
                "{\"model\":7}",
                "{\"model\":null}",
                "{\"model\":\"m\",\"model\":\"dearer\"}",
                "{\"model\":\"m\",\"mod\\u0065l\":\"dearer\"}",
                "{\"model\":\"m\",\"Model\":\"dearer\"}",
                "{\"model\":\"m\",\"MAX_TOKENS\":1}",
                "{\"model\":\"m\",\"me\u017f\u017fages\":[]}",
                "{\"model\":\"m\",\"to\u212aens\":1,\"max_to\u212aens\":1}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"a\",\"role\":\"b\"}]}",
                "{\"model\":\"m\",\"max_tokens\":-1}",
                "{\"model\":\"m\",\"max_tokens\":1.5}",
                "{\"model\":\"m\",\"max_tokens\":\"5\"}",
                "{\"model\":\"m\",\"max_tokens\":1e3}",
                "{\"model\":\"m\",\"max_tokens\":99999999999999999999}",
                "{\"model\":\"m\",\"n\":0}",
                "{\"model\":\"m\",\"n\":129}",
                "{\"model\":\"m\",\"n\":NaN}",
                "{\"model\":\"m\",\"stream\":\"yes\"}",
                "{\"model\":\"m\",\"stream_options\":true}",
            })
    void bodyThatReadersUnderstandInTwoWaysOrNotAtAllIsRefused(String body) {
        RequestRefusedException refused = refusal(body);

        assertEquals(400, refused.status());
        assertEquals("invalid_request", refused.code());
    }

    @Test
    void bodyInAnotherEncodingIsRefused() {
        String body = "{\"model\":\"m\"}";
        for (String charset : new String[] {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"}) {
            byte[] bytes = body.getBytes(Charset.forName(charset));
            assertThrows(
                    RequestRefusedException.class,
                    () -> scanner.scan(Endpoint.CHAT_COMPLETIONS, bytes, Set.of()),
                    charset);
        }
        byte[] invalid = body.replace("m", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(RequestRefusedException.class, () -> scanner.scan(Endpoint.CHAT_COMPLETIONS, invalid, Set.of()));
        byte[] marked = ("\ufeff" + body).getBytes(StandardCharsets.UTF_8);
        assertThrows(RequestRefusedException.class, () -> scanner.scan(Endpoint.CHAT_COMPLETIONS, marked, Set.of()));
    }

    @Test
    void bodyThatIsNestedWithoutEndIsRefused() {
        assertEquals(
                400, refusal("{\"model\":\"m\",\"x\":" + "[".repeat(100_000)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"api_base\":\"http://169.254.169.254/\"",
                "\"API_BASE\":\"x\"",
                "\"base_url\":\"x\"",
                "\"api_key\":\"x\"",
                "\"fallbacks\":[]",
                "\"models\":[\"dearer\"]",
                "\"provider\":{}",
                "\"extra_headers\":{}",
                "\"kv_transfer_params\":{\"remote_host\":\"169.254.169.254\"}",
                "\"store\":true",
                "\"store\":\"yes\"",
                "\"background\":true",
                "\"conversation\":\"conv_1\"",
                "\"previous_response_id\":\"resp_1\"",
                "\"prompt\":{\"id\":\"pmpt_1\"}",
                "\"web_search_options\":{}",
                "\"plugins\":[{\"id\":\"web\"}]",
                "\"tools\":[{\"type\":\"web_search\"}]",
                "\"tools\":[{\"type\":\"function\"},{\"type\":\"mcp\",\"server_url\":\"http://x\"}]",
                "\"tools\":[{\"type\":\"code_interpreter\"}]",
                "\"tools\":[{\"google_search\":{}}]",
                "\"tools\":[{\"Type\":\"function\",\"type\":\"file_search\"}]",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"http://169.254.169.254/\"}}]}]",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":{\"URL\":\"http://x\"}}]}]",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"Image_URL\":\"file:///etc/passwd\"}]}]",
                "\"messages\":[{\"content\":[{\"type\":\"image_url\",\"image_url\":\" data:x\"}]}]",
                "\"messages\":[{\"content\":[{\"type\":\"video_url\",\"video_url\":{\"url\":\"https://x\"}}]}]",
                "\"input\":[{\"type\":\"input_image\",\"image_url\":\"https://x\"}]",
                "\"input\":[{\"type\":\"input_file\",\"file_url\":\"https://x\"}]",
                "\"input\":[{\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x\"}}]",
            })
    void whatReachesTheNetworkOrMovesTheBillIsRefused(String field) {
        assertEquals(403, refusal("{\"model\":\"m\"," + field + "}").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-search-preview", "openai/gpt-4o:online", "o3-deep-research"})
    void modelThatSearchesTheWebIsRefused(String model) {
        assertEquals(
                "model_not_allowed", refusal("{\"model\":\"" + model + "\"}").code());
    }

    @Test
    void administratorMayGrantIt() throws RequestRefusedException {
        String body =
                "{\"model\":\"m\",\"store\":true,\"previous_response_id\":\"r\",\"tools\":[{\"type\":\"web_search\"}],"
                        + "\"input\":[{\"type\":\"input_image\",\"image_url\":\"https://x\"}]}";

        ModelRequest request =
                scanner.scan(Endpoint.RESPONSES, body.getBytes(StandardCharsets.UTF_8), EnumSet.allOf(Grant.class));

        assertEquals("m", request.model());
        assertThrows(
                RequestRefusedException.class,
                () -> scanner.scan(
                        Endpoint.RESPONSES,
                        "{\"model\":\"m\",\"api_base\":\"x\"}".getBytes(StandardCharsets.UTF_8),
                        EnumSet.allOf(Grant.class)));
    }

    @Test
    void ordinaryRequestsPass() throws RequestRefusedException {
        chat("\"store\":false,\"background\":null,\"previous_response_id\":null,\"models\":null");
        chat(
                "\"tools\":[{\"type\":\"function\",\"function\":{\"parameters\":{\"properties\":{\"image_url\":{\"type\":\"string\"}}}}}]");
        chat(
                "\"messages\":[{\"role\":\"tool\",\"content\":\"see http://x\",\"annotations\":[{\"url\":\"http://x\"}]}]");
        chat("\"unknown\":{\"api_base\":\"x\"},\"metadata\":{\"model\":\"x\"}");
    }

    @Test
    void boundOfTheOutputIsTheLargerOneOfTwoAndCountsForEachAnswer() throws RequestRefusedException {
        ModelRequest request = chat("\"max_tokens\":10,\"max_completion_tokens\":20,\"n\":3");

        assertEquals(20, request.outputBound());
        assertEquals(3, request.answers());
        assertEquals(ModelRequest.NO_BOUND, chat("\"max_tokens\":null").outputBound());
    }

    @Test
    void eachPromptIsAnAnswerOfItsOwn() throws RequestRefusedException {
        assertEquals(
                6,
                scan(Endpoint.COMPLETIONS, "{\"model\":\"m\",\"prompt\":[\"a\",\"b\"],\"n\":3}")
                        .answers());
        assertEquals(
                8,
                scan(Endpoint.COMPLETIONS, "{\"model\":\"m\",\"prompt\":[[1,2],[3]],\"best_of\":4}")
                        .answers());
        assertEquals(
                1,
                scan(Endpoint.COMPLETIONS, "{\"model\":\"m\",\"prompt\":[1,2,3]}")
                        .answers());
    }

    @Test
    void inputIsBoundedByItsBytesAndImagesAreCounted() throws RequestRefusedException {
        String image = "data:image/png;base64," + "A".repeat(10_000);
        String body = "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + image + "\",\"detail\":\"low\"}}]}]";

        ModelRequest request = chat(body);

        assertEquals(1, request.input().images());
        assertTrue(request.input().tokens() < 300, "tokens: " + request.input().tokens());
        assertTrue(request.input().tokens() > 100);
        assertTrue(request.input().isBounded());
    }

    @Test
    void inputOfUnknownSizeHasNoBound() throws RequestRefusedException {
        assertFalse(chat("\"messages\":[{\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA\"}}]}]")
                .input()
                .isBounded());
        assertFalse(chat("\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}]}]")
                .input()
                .isBounded());
        assertFalse(chat("\"modalities\":[\"text\",\"audio\"]").input().isBounded());
        assertTrue(chat("\"modalities\":[\"text\"]").input().isBounded());
    }

    @Test
    void fieldsAreSplicedIntoTheBytesAsTheyAre() throws RequestRefusedException {
        String[][] expected = {
            {
                "{ \"model\":\"\u00e9\" }",
                "{\"max_tokens\":9,\"stream_options\":{\"include_usage\":true}, \"model\":\"\u00e9\" }"
            },
            {
                "{\"model\":\"\u00e9\",\"max_tokens\" : null,\"stream_options\":{ }}",
                "{\"model\":\"\u00e9\",\"max_tokens\" : 9,\"stream_options\":{\"include_usage\":true }}"
            },
            {
                "\n{\"stream_options\":{\"x\":1},\"model\":\"m\",\"max_tokens\":null}",
                "\n{\"stream_options\":{\"include_usage\":true,\"x\":1},\"model\":\"m\",\"max_tokens\":9}"
            },
            {
                "{\"stream_options\":null,\"model\":\"m\"}",
                "{\"max_tokens\":9,\"stream_options\":{\"include_usage\":true},\"model\":\"m\"}"
            },
        };
        for (String[] pair : expected) {
            byte[] body = pair[0].getBytes(StandardCharsets.UTF_8);
            ModelRequest request = scanner.scan(Endpoint.CHAT_COMPLETIONS, body, Set.of());

            byte[] spliced = new BodySplice(body, request)
                    .bound("max_tokens", 9)
                    .includeUsage()
                    .toBytes();

            assertEquals(pair[1], new String(spliced, StandardCharsets.UTF_8));
        }
    }
}
