package dev.datapipeline.dataset.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scanner and an independent parser, both strict, agree on what is JSON and on what it says. */
class JacksonAgreementTest {
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final Random random = new Random(19690720);
    private final RandomJson json = new RandomJson(random);

    @Test
    void agreesWithJacksonOnValidDocuments() throws IOException {
        for (int round = 0; round < 5_000; round++) {
            String upload = json.array();
            Reading reading = Reading.of(upload, DatasetFormat.JSON);

            assertEquals(objects(JACKSON.readTree(upload)), parsed(reading), upload);
            assertTrue(reading.texts().stream().noneMatch(record -> record.contains("\n")), upload);
        }
    }

    @Test
    void agreesWithJacksonOnDamagedDocuments() {
        int rejected = 0;
        for (int round = 0; round < 8_000; round++) {
            byte[] upload = damage(json.array().getBytes(StandardCharsets.UTF_8));
            Reading reading = Reading.of(upload, DatasetFormat.JSON);
            boolean isAccepted = reading.problem() == null;

            assertEquals(
                    jacksonAccepts(upload),
                    isAccepted,
                    () -> reading.problem() + " " + new String(upload, StandardCharsets.UTF_8));
            rejected += isAccepted ? 0 : 1;
        }
        assertTrue(rejected > 1_000, "the damage does damage");
    }

    private byte[] damage(byte[] document) {
        String alphabet = "{}[]\",:\\ntrue0123456789.-+eE u\n";
        for (int change = random.nextInt(3); change >= 0; change--) {
            document[random.nextInt(document.length)] = random.nextInt(4) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return document;
    }

    /** A list of objects, by strict decoding and strict parsing. */
    private static boolean jacksonAccepts(byte[] upload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(upload))
                    .toString();
            JsonNode tree = JACKSON.readTree(text);
            return (tree.isObject() || tree.isArray() && !tree.isEmpty())
                    && objects(tree).stream().allMatch(JsonNode::isObject);
        } catch (IOException rejected) {
            return false;
        }
    }

    private static List<JsonNode> objects(JsonNode tree) {
        List<JsonNode> objects = new ArrayList<>();
        if (tree.isObject()) {
            objects.add(tree);
        } else {
            tree.forEach(objects::add);
        }
        return objects;
    }

    private static List<JsonNode> parsed(Reading reading) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String record : reading.texts()) {
            records.add(JACKSON.readTree(record));
        }
        return records;
    }
}
