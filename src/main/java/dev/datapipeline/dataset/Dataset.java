package dev.datapipeline.dataset;

import dev.datapipeline.dataset.ingest.IngestSummary;
import dev.datapipeline.dataset.ingest.format.DatasetFormat;
import dev.datapipeline.dataset.ingest.format.ReadAs;
import dev.datapipeline.dataset.ingest.format.RecordList;
import dev.datapipeline.dataset.ingest.format.SheetChoice;
import dev.datapipeline.dataset.upload.Upload;
import dev.datapipeline.label.Labels;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.SourceType;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An accepted upload. It never changes; its records are read through {@link DatasetRecords}. */
@Entity
@Table(name = "dataset")
public class Dataset {
    @Id
    UUID id;

    @Column(name = "project_id", updatable = false)
    UUID projectId;

    @Column(updatable = false)
    String name;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    DatasetFormat format;

    @Column(updatable = false)
    long records;

    /** Size of the decompressed upload. */
    @Column(updatable = false)
    long bytes;

    @Column(updatable = false)
    String sha256;

    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    List<StoredField> fields;

    @Column(name = "field_count", insertable = false, updatable = false)
    int fieldCount;

    /** Of the columns of a table; null for JSON. */
    @Column(updatable = false)
    @Nullable
    String separator;

    /** JSON Pointer of the list that the records were taken from; null without one. */
    @Column(name = "records_path", updatable = false)
    @Nullable
    String recordsPath;

    /** The file of an archive that holds the records; null without an archive. */
    @Column(updatable = false)
    @Nullable
    String member;

    /** Of a workbook that was read; null without one. */
    @Column(updatable = false)
    @Nullable
    String sheet;

    /** Names of all sheets of the workbook. */
    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    List<String> sheets;

    /** Lists of objects in a document that became a single record. */
    @Column(name = "record_lists", updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    List<RecordList> recordLists;

    /** Remarks for people on how the upload was read. */
    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    List<String> notes;

    @Column(name = "idempotency_key", updatable = false)
    @Nullable
    String idempotencyKey;

    /** What people added to it. */
    @Embedded
    Labels labels = Labels.NONE;

    @Column(name = "created_at", updatable = false)
    @CurrentTimestamp(event = EventType.INSERT, source = SourceType.DB)
    Instant createdAt;

    static Dataset of(UUID id, UUID project, Upload upload, IngestSummary ingested) {
        Dataset dataset = new Dataset();
        dataset.id = id;
        dataset.projectId = project;
        dataset.name = DatasetName.label(upload.name());
        dataset.idempotencyKey = upload.idempotencyKey();
        dataset.format = ingested.format();
        dataset.records = ingested.records();
        dataset.bytes = ingested.bytes();
        dataset.sha256 = ingested.sha256();
        dataset.fields = ingested.fields().stream().map(StoredField::of).toList();
        dataset.member = ingested.member();
        dataset.readAs(ingested.readAs());
        return dataset;
    }

    private void readAs(ReadAs readAs) {
        separator = readAs.separator() == null ? null : readAs.separator().text();
        recordsPath = readAs.recordsPath() == null ? null : readAs.recordsPath().text();
        SheetChoice chosen = readAs.sheet();
        sheet = chosen == null ? null : chosen.name();
        sheets = chosen == null ? List.of() : chosen.all();
        recordLists = readAs.recordLists();
        notes = readAs.notes();
    }

    /** Whether the same bytes were read in the same way. */
    boolean isSameUpload(Dataset other) {
        return sha256.equals(other.sha256)
                && Objects.equals(separator, other.separator)
                && Objects.equals(recordsPath, other.recordsPath)
                && Objects.equals(sheet, other.sheet);
    }

    public UUID id() {
        return id;
    }

    /** The project to which it belongs. */
    public UUID projectId() {
        return projectId;
    }

    /** A label to be shown, at most 255 characters. */
    public String name() {
        return name;
    }

    public List<String> notes() {
        return notes;
    }

    public long records() {
        return records;
    }
}
