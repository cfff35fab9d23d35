package dev.datapipeline.http.filter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSpellingFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/runs",
                "/q/health/live",
                "/q/swagger-ui/",
                "/submit_pipeline",
                "/runs/7f3a/records/3",
                "/assets/main-Cf_3.x.js",
                "/seite/%C3%BCber%20uns"
            })
    void oneSpellingIsTaken(String path) {
        assertTrue(PathSpellingFilter.isCanonical(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api/v1/runs",
                "//api/v1/runs",
                "/api//v1/runs",
                "/./api/v1/runs",
                "/api/../api/v1/runs",
                "/..",
                "/api/v1/runs/",
                "/api/v1/runs.",
                "/q./metrics",
                "/q/metrics;x",
                "/q;x/metrics",
                "/%71/metrics",
                "/q%2fmetrics",
                "/q/m%65trics",
                "/api/v1/runs/%C3%BC",
                "/API/v1/runs",
                "/Q/metrics",
                "/Submit_Pipeline",
                "/q/health/",
                "/api\\v1",
                "/runs/%2e%2e/q",
                "/runs/%2F",
                "/runs/%00",
                "/runs/%zz",
                "/runs#x"
            })
    void allOthersAreNone(String path) {
        assertFalse(PathSpellingFilter.isCanonical(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/", "/runs/7f3a/"})
    void pageIsFoundWithASlashAtTheEnd(String path) {
        assertTrue(PathSpellingFilter.isPageWithSlash(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "//evil.example/", "/\\evil.example/", "/api/", "/q/metrics/", "/runs/../"})
    void redirectsNothingElse(String path) {
        assertFalse(PathSpellingFilter.isPageWithSlash(path));
    }
}
