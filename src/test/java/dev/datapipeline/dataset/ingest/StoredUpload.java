package dev.datapipeline.dataset.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datapipeline.dataset.ingest.format.FilePart;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.FileBlobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** An upload of bytes that was taken in, with its records. */
public record StoredUpload(IngestSummary summary, List<String> records) {
    public static StoredUpload of(Path folder, byte[] upload) {
        return of(folder, upload, FilePart.ANY, Reading.LIMITS);
    }

    public static StoredUpload of(Path folder, byte[] upload, FilePart parts, IngestLimits limits) {
        UUID id = UUID.randomUUID();
        try {
            IngestSummary summary = new DatasetIngestor(new FileBlobs(folder), limits)
                    .store(id, new UploadHints(List.of(), null, null, parts), new ByteArrayInputStream(upload));
            return new StoredUpload(
                    summary,
                    Files.readAllLines(folder.resolve("blobs")
                            .resolve(DatasetBlobs.records(id).value())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Holds that an upload is refused with this text in the detail, and that nothing of it stays. */
    public static ProblemException assertRefused(Path folder, ProblemType type, String said, byte[] upload) {
        List<Path> before = files(folder);
        ProblemException refused = assertThrows(ProblemException.class, () -> of(folder, upload));

        assertEquals(type, refused.type(), refused.detail());
        assertTrue(refused.detail().contains(said), refused.detail());
        assertEquals(before, files(folder));
        return refused;
    }

    public static List<Path> files(Path folder) {
        try (Stream<Path> left = Files.walk(folder)) {
            return left.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
