package dev.datapipeline.dataset.ingest;

import dev.datapipeline.dataset.ingest.archive.MemberChoice;
import dev.datapipeline.dataset.ingest.archive.ZipArchive;
import dev.datapipeline.dataset.ingest.format.FieldSummary;
import dev.datapipeline.dataset.ingest.format.UploadHints;
import dev.datapipeline.dataset.ingest.input.GzipUpload;
import dev.datapipeline.dataset.ingest.input.RecordReader;
import dev.datapipeline.dataset.ingest.input.UploadSignature;
import dev.datapipeline.dataset.ingest.input.UploadStream;
import dev.datapipeline.dataset.ingest.parquet.ParquetReader;
import dev.datapipeline.dataset.ingest.workbook.SheetReader;
import dev.datapipeline.dataset.ingest.workbook.Workbook;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.problem.ProblemType;
import dev.datapipeline.storage.Blobs;
import dev.datapipeline.storage.ScratchFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** An upload that is unpacked as far as it is packed, with the reader of its records. Closing frees what it holds; the upload stays open. */
final class OpenUpload implements Closeable {
    /** Such as a zip archive of a file in gzip. */
    private static final int MOST_LAYERS = 2;

    private final Blobs blobs;
    private final IngestLimits limits;
    private final FieldSummary summary;
    private final LargeFiles large;
    private final Deque<Closeable> held = new ArrayDeque<>();
    private final RecordReader reader;
    private UploadStream document;
    private @Nullable String member;

    /**
     * @param summary of the fields that the records have
     */
    OpenUpload(
            InputStream upload,
            UploadHints hints,
            FieldSummary summary,
            Blobs blobs,
            IngestLimits limits,
            LargeFiles large)
            throws IOException {
        this.blobs = blobs;
        this.limits = limits;
        this.summary = summary;
        this.large = large;
        this.document = new UploadStream(upload, limits.uploadBytes());
        try {
            this.reader = open(upload, hints, 0);
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private RecordReader open(InputStream upload, UploadHints hints, int layers) throws IOException {
        UploadSignature signature = UploadSignature.of(upload);
        boolean isTooDeep = layers == MOST_LAYERS && signature.kind() != UploadSignature.Kind.PARQUET;
        return switch (isTooDeep ? UploadSignature.Kind.OTHER : signature.kind()) {
            case GZIP -> open(hold(new GzipUpload(signature.upload(), limits.gzipRatio())), hints, layers + 1);
            case ZIP -> openArchive(spool(signature.upload()), hints, layers);
            case PARQUET -> openParquet(spool(signature.upload()), hints);
            case OTHER -> {
                rejectParts(hints);
                document = new UploadStream(signature.upload(), limits.uploadBytes());
                yield RecordReaders.open(document, summary, limits, hints);
            }
        };
    }

    private RecordReader openArchive(ScratchFile file, UploadHints hints, int layers) throws IOException {
        ZipArchive archive = hold(ZipArchive.open(file.channel(), limits.gzipRatio()));
        if (Workbook.isWorkbook(archive)) {
            rejectPath(hints);
            hold(large.takePlace());
            Workbook workbook = new Workbook(archive, hints.parts().sheet(), limits.recordBytes());
            return hold(new SheetReader(workbook, summary, limits.recordBytes(), hints));
        }
        String chosen = MemberChoice.choose(archive.names(), hints.parts().member());
        member = chosen;
        return open(hold(archive.open(chosen)), hints.inMember(chosen), layers + 1);
    }

    private RecordReader openParquet(ScratchFile file, UploadHints hints) throws IOException {
        rejectPath(hints);
        rejectParts(hints);
        hold(large.takePlace());
        ScratchFile unpacked = hold(blobs.scratch());
        ParquetReader.unpack(file.channel(), new Spool(blobs, limits, unpacked));
        return hold(new ParquetReader(unpacked.path(), large.parquetThreads(), summary, limits.recordBytes(), hints));
    }

    private static void rejectPath(UploadHints hints) {
        if (hints.records() != null) {
            throw new ProblemException(
                    ProblemType.NOT_A_RECORD_LIST,
                    "The parameter \"records\" names a list in a JSON document, and this is a table. Leave it out.");
        }
    }

    private void rejectParts(UploadHints hints) {
        if (hints.parts().sheet() != null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_SHEET,
                    "The parameter \"sheet\" names a sheet of an Excel workbook, and this is none. Leave it out.");
        }
        if (hints.parts().member() != null && member == null) {
            throw new ProblemException(
                    ProblemType.UNKNOWN_MEMBER,
                    "The parameter \"member\" names a file in a zip archive, and this is none. Leave it out.");
        }
    }

    /** Copies what has to be read at any place to the disk. */
    private ScratchFile spool(InputStream packed) throws IOException {
        ScratchFile file = hold(blobs.scratch());
        document = new UploadStream(packed, limits.uploadBytes());
        new Spool(blobs, limits, file).copy(document);
        return file;
    }

    private <T extends Closeable> T hold(T resource) {
        held.push(resource);
        return resource;
    }

    RecordReader reader() {
        return reader;
    }

    /** The bytes that hold the records, unpacked. */
    UploadStream document() {
        return document;
    }

    /** The member of an archive that holds the records; null without an archive. */
    @Nullable
    String member() {
        return member;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
