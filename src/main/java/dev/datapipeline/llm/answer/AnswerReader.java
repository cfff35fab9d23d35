package dev.datapipeline.llm.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.datapipeline.llm.call.Endpoint;
import java.io.IOException;
import java.util.Optional;

/** Reads answers and events of all endpoints. */
public final class AnswerReader {
    private static final int MAX_TEXT = 64 * 1024 * 1024;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
            .build();

    /** @return empty when it is not a JSON object */
    public Optional<AnswerFacts> read(Endpoint endpoint, byte[] document) {
        try (JsonParser parser = json.createParser(document)) {
            return read(endpoint, parser);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** @return empty when it is not a JSON object */
    public Optional<AnswerFacts> read(Endpoint endpoint, String document) {
        try (JsonParser parser = json.createParser(document)) {
            return read(endpoint, parser);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<AnswerFacts> read(Endpoint endpoint, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        AnswerScan scan = new AnswerScan(endpoint, parser);
        scan.object();
        return parser.nextToken() == null ? Optional.of(scan.facts()) : Optional.empty();
    }
}
