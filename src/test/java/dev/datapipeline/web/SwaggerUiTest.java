package dev.datapipeline.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The API explorer is part of Quarkus; what of it may run is said in application.properties. */
@QuarkusTest
@WithTestResource(DatabaseResource.class)
class SwaggerUiTest {
    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    @Test
    void onlyItsOwnInlineScriptMayRun() {
        Response page = given().get("/q/swagger-ui/");
        String policy = page.header("Content-Security-Policy");

        List<String> digests = INLINE_SCRIPT
                .matcher(page.asString())
                .results()
                .map(script -> "'sha256-" + digest(script) + "'")
                .toList();

        assertEquals(1, digests.size());
        assertTrue(
                String.valueOf(policy).contains("script-src 'self' " + digests.getFirst() + ";"),
                policy + " lacks " + digests);
        assertFalse(page.asString().matches("(?is).*\\son[a-z]+\\s*=\\s*[\"'].*"), "no handlers in attributes");
    }

    private static String digest(MatchResult script) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha.digest(script.group(1).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
