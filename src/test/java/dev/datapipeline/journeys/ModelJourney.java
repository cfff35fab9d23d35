package dev.datapipeline.journeys;

import static io.restassured.RestAssured.given;

import dev.datapipeline.llm.stub.StubExchange;
import dev.datapipeline.llm.stub.StubResource;
import dev.datapipeline.llm.stub.StubUpstream;
import dev.datapipeline.testing.RunOrder;
import dev.datapipeline.testing.SubmittedRun;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Scripts that call a scripted upstream. A call of 10 and 5 tokens costs 60 millionths of a dollar. */
abstract class ModelJourney {
    static final String ASK = """
            import json, os, urllib.request
            def ask(text):
                body = {'model': 'm', 'max_tokens': 20, 'messages': [{'role': 'user', 'content': text}]}
                request = urllib.request.Request(
                    os.environ['OPENAI_BASE_URL'] + '/chat/completions', data=json.dumps(body).encode(),
                    headers={'Content-Type': 'application/json', 'Authorization': 'Bearer ' + os.environ['OPENAI_API_KEY']})
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)['choices'][0]['message']['content']
            """;

    static final String TRANSFORM = ASK + """
            def transform(record):
                return {'said': ask('number %d' % record['n'])}
            """;

    StubUpstream stub;

    @BeforeEach
    void openUpstream() throws IOException {
        stub = StubResource.upstream();
        stub.on(StubResource.MODEL, ModelJourney::answer);
    }

    @AfterEach
    void closeUpstream() throws IOException {
        stub.close();
    }

    static void answer(StubExchange exchange) throws IOException {
        exchange.chat("Paris", 10, 5);
    }

    static RunOrder calling(int records, String script) {
        return RunOrder.ofNumbers(records).main(script).with("llm", Map.of());
    }

    static JsonPath awaitBooks(SubmittedRun run, long calls) throws Exception {
        return run.await("the books", look -> look.getLong("llm.calls") >= calls);
    }

    static ValidatableResponse resume(SubmittedRun run, Map<String, String> changes) {
        return given().contentType(ContentType.JSON)
                .body(changes)
                .post(run.path() + "/resume")
                .then();
    }
}
