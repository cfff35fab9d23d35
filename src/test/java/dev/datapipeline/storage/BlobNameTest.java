package dev.datapipeline.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobNameTest {
    @Test
    void segmentsAreJoined() {
        assertEquals(
                "runs/7/records.ndjson",
                BlobName.of("runs", 7, "records.ndjson").value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b/c.d", "1/2/3/4/5/6/7/8", "-"})
    void plainNamesAreAllowed(String name) {
        assertEquals(name, new BlobName(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "..",
                "../a",
                "a/..",
                "a/../b",
                ".hidden",
                "a/.b",
                "A",
                "a b",
                "a\\b",
                "a\0",
                "a\nb",
                "ä",
                "1/2/3/4/5/6/7/8/9"
            })
    void nothingElseIsAName(String name) {
        assertThrows(IllegalArgumentException.class, () -> new BlobName(name));
    }
}
