package dev.datapipeline.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datapipeline.dataset.ingest.TrickleStream;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.upload.ReadingParameters;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.identity.Membership;
import dev.datapipeline.testing.DatabaseResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseResource.class)
class DatasetServiceTest {
    @Inject
    DatasetService datasets;

    @Test
    void formUploadTellsItsFormatByContent() {
        Dataset lines = datasets.ingest(Membership.DEFAULT_PROJECT, named("data.json"), stream("{\"a\":1}\n{\"a\":2}"));
        Dataset table = datasets.ingest(Membership.DEFAULT_PROJECT, named("C:\\data\\table.CSV"), stream("a\n1"));
        Dataset unnamed = datasets.ingest(Membership.DEFAULT_PROJECT, named(null), stream("[{}]"));

        assertEquals(DatasetFormat.NDJSON, lines.format);
        assertEquals(DatasetFormat.CSV, table.format);
        assertEquals("dataset", unnamed.name());
        assertEquals(2, datasets.find(lines.id()).map(Dataset::records).orElse(0L));
    }

    private static Upload named(@Nullable String fileName) {
        return Upload.of(fileName, null, ReadingParameters.NONE);
    }

    private static InputStream stream(String text) {
        return new TrickleStream(text.getBytes(UTF_8), 3);
    }
}
