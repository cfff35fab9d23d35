package dev.datapipeline.llm.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.datapipeline.llm.call.CallScope.Grant;
import dev.datapipeline.llm.call.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Reads bodies of model calls: checks them, finds out how large the call can become and where something may have to be put in. */
public final class RequestScanner {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_TEXT = 32 * 1024 * 1024;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .build())
            .build();

    /** @throws RequestRefusedException when the body cannot be understood or asks for something that is not allowed */
    public ModelRequest scan(Endpoint endpoint, byte[] body, Set<Grant> grants) throws RequestRefusedException {
        checkEncoding(body);
        try (JsonParser digested = json.createParser(body);
                JsonParser parser = json.createParser(body)) {
            byte[] digest = CanonicalDigest.of(digested);
            if (digested.nextToken() != null) {
                throw RequestRefusedException.invalid("Something follows the JSON object in the body.");
            }
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestRefusedException.invalid("The body must be a JSON object.");
            }
            return new BodyScan(parser, new FieldRules(grants, endpoint), body.length).read(digest);
        } catch (JsonProcessingException failure) {
            throw RequestRefusedException.invalid("The body is not valid JSON: " + failure.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The parser would find out UTF-16 and UTF-32 by itself, which upstreams read as something else. */
    private static void checkEncoding(byte[] body) throws RequestRefusedException {
        int first = body.length == 0 ? 0 : body[0] & 0xff;
        boolean isWide = body.length > 1 && (body[0] == 0 || body[1] == 0);
        if (body.length == 0 || isWide || first >= 0x80) {
            throw RequestRefusedException.invalid("The body must be a JSON object in UTF-8.");
        }
    }
}
