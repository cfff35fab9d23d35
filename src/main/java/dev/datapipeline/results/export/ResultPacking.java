package dev.datapipeline.results.export;

import dev.datapipeline.http.download.Answer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Puts a document into a zip archive while it is written. */
public final class ResultPacking {
    private ResultPacking() {}

    /** @param fileName of the document in the archive */
    public static Answer zip(String fileName, Answer document) {
        return (target, client) -> {
            ZipOutputStream archive = new ZipOutputStream(target);
            archive.setLevel(Deflater.BEST_SPEED);
            archive.putNextEntry(new ZipEntry(fileName));
            document.write(archive, client);
            archive.closeEntry();
            archive.finish();
            target.flush();
        };
    }
}
