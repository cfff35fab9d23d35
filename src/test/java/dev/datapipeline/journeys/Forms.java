package dev.datapipeline.journeys;

import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;

/** Records, a script and file parts for tests that submit forms. */
final class Forms {
    static final String RECORDS = "[{\"n\":1,\"price\":1.10},{\"n\":2},{\"n\":3},{\"n\":4}]";
    static final String MARK = """
            def transform(record):
                if record["n"] == 3 and "%1$s" == "main":
                    raise SkipRecord("three")
                if record["n"] == 4 and "%1$s" == "main":
                    raise RuntimeError("four")
                record["%1$s"] = True
                return record
            """;

    private Forms() {}

    static RequestSpecification file(RequestSpecification form, String part, String name, String content) {
        return form.multiPart(part, name, content.getBytes(StandardCharsets.UTF_8), "application/octet-stream");
    }
}
