package dev.datapipeline.identity.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.datapipeline.identity.Role;
import jakarta.ws.rs.HttpMethod;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessMatrixTest {
    private static final AccessMatrix MATRIX = AccessMatrix.load();

    @Test
    void namesEveryOperationOfTheApiDocumentAndNoOther() throws IOException {
        JsonNode paths =
                new ObjectMapper().readTree(new File("api/openapi.json")).get("paths");
        Set<String> documented = new TreeSet<>();
        paths.properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .forEach(method ->
                                documented.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));

        Set<String> named = MATRIX.rules().stream()
                .filter(rule -> !rule.path().startsWith("/q/") && !rule.path().equals(AccessRule.PAGE))
                .map(AccessRule::operation)
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(documented, named);
    }

    @Test
    void namesEveryMethodOfAResource() {
        Set<String> unnamed = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.datapipeline")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                        .map(JavaMethod::reflect)
                        .map(ResourceOperations::operation)
                        .filter(operation -> MATRIX.ofOperation(
                                        operation.split(" ")[0], operation.split(" ")[1])
                                .isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), unnamed);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/runs, VIEWER",
        "POST, /api/v1/runs, EDITOR",
        "GET, /api/v1/runs/7, VIEWER",
        "DELETE, /api/v1/runs/7, EDITOR",
        "GET, /api/v1/runs/7/batches/3/log, VIEWER",
        "POST, /submit_pipeline, EDITOR",
        "GET, /api/v1/users, ADMIN"
    })
    void findsTheRuleOfAPath(String method, String path, Role role) {
        assertEquals(role, MATRIX.find(method, path).orElseThrow().leastRole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/runs/",
                "/api/v1/runs/7/",
                "/api/v1/runs//log",
                "/api/v1/runs/7/unknown",
                "/api/v2/runs",
                "/q/dev",
                "/q/health/a/b",
                "/submit_pipeline/x",
                "api/v1/runs",
                ""
            })
    void unknownPathsHaveNoRule(String path) {
        assertTrue(MATRIX.find("GET", path).isEmpty());
    }

    @Test
    void pathsOutsideOfTheApiAreThePage() {
        assertEquals(
                AccessRule.PAGE, MATRIX.find("GET", "/runs/7").orElseThrow().path());
        assertEquals(AccessRule.PAGE, MATRIX.find("GET", "/").orElseThrow().path());
        assertTrue(MATRIX.find("POST", "/runs/7").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a no yes no yes yes thing",
                "GET /a no no no no yes thing",
                "GET /a no yes yes yes thing",
                "GET /a no yes yes yes yes",
                "GET /a no yes yes maybe yes thing",
                "GET a no yes yes yes yes thing",
                "GET /a no yes yes yes yes -",
                "GET /a no yes yes yes yes something",
                "GET /a yes yes yes yes yes project",
                "GET /a no yes yes yes yes thing\nGET /a no yes yes yes yes thing"
            })
    void linesThatMakeNoSenseEndTheStart(String text) {
        assertThrows(IllegalArgumentException.class, () -> AccessMatrix.parse(text));
    }
}
