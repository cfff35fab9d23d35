package dev.datapipeline.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFallbackTest {
    @ParameterizedTest
    @ValueSource(strings = {"/runs", "/runs/7f3a", "/runs/7f3a/records/3", "/apiary", "/new"})
    void addressesOfThePage(String path) {
        assertTrue(PageFallback.isOfThePage(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/v1/nothing",
                "/q/health",
                "/submit_pipeline",
                "/get_result/1",
                "/assets/gone.js"
            })
    void addressesOfOthers(String path) {
        assertFalse(PageFallback.isOfThePage(path));
    }
}
