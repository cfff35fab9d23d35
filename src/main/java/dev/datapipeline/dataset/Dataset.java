package dev.datapipeline.dataset;

import dev.datapipeline.ingest.DatasetField;
import dev.datapipeline.ingest.DatasetFormat;
import dev.datapipeline.ingest.Ingested;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.SourceType;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An upload that passed the gate. Never changes; its records are read through {@link DatasetRecords}. */
@Entity
@Table(name = "dataset")
public class Dataset extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(updatable = false)
    String name;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    DatasetFormat format;

    @Column(updatable = false)
    long records;

    /** Of the upload, unpacked. */
    @Column(updatable = false)
    long bytes;

    @Column(updatable = false)
    String sha256;

    @Column(updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    List<DatasetField> fields;

    @Column(name = "idempotency_key", updatable = false)
    @Nullable
    String idempotencyKey;

    @Column(name = "created_at", updatable = false)
    @CurrentTimestamp(event = EventType.INSERT, source = SourceType.DB)
    Instant createdAt;

    static Dataset of(UUID id, Upload upload, Ingested ingested) {
        Dataset dataset = new Dataset();
        dataset.id = id;
        dataset.name = DatasetName.label(upload.name());
        dataset.idempotencyKey = upload.idempotencyKey();
        dataset.format = ingested.format();
        dataset.records = ingested.records();
        dataset.bytes = ingested.bytes();
        dataset.sha256 = ingested.sha256();
        dataset.fields = ingested.fields();
        return dataset;
    }

    public UUID id() {
        return id;
    }

    /** A label to be shown, at most 255 characters. */
    public String name() {
        return name;
    }

    /** At least 1. */
    public long records() {
        return records;
    }
}
