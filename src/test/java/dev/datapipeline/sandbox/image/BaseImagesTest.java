package dev.datapipeline.sandbox.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.testing.TestImages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaseImagesTest {
    @Test
    void defaultImageIsTheFirst() {
        BaseImages images = TestImages.named("vision", "audio");

        assertEquals(List.of("default", "audio", "vision"), images.names());
        assertEquals("localhost:1/vision", images.reference("vision").orElseThrow());
        assertTrue(images.reference("none").isEmpty());
    }

    @Test
    void namesAndReferencesThatDoNotFitAreRefusedWithTheirSetting() {
        for (Map<String, String> settings : List.of(
                Map.of("datapipeline.sandbox.images.Geo", "geo:1"),
                Map.of("datapipeline.sandbox.images.default", "geo:1"),
                Map.of("datapipeline.sandbox.images.geo", "geo 1"),
                Map.of("datapipeline.sandbox.images.geo", "--privileged"))) {
            String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> TestImages.of(settings))
                    .getMessage());
            assertTrue(message.startsWith("datapipeline.sandbox.images."), message);
        }
    }
}
