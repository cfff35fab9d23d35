package dev.datapipeline.pipeline.saved;

import dev.datapipeline.label.Labels;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.SourceType;
import org.hibernate.generator.EventType;

@Entity
@Table(name = "pipeline")
class SavedPipeline {
    @Id
    UUID id;

    @Column(name = "project_id", updatable = false)
    UUID projectId;

    @Column(nullable = false)
    String name;

    /** The latest version; they count from 1. */
    @Column(nullable = false)
    int version;

    /** What people added to it. */
    @Embedded
    Labels labels = Labels.NONE;

    @Column(name = "created_at")
    @CurrentTimestamp(event = EventType.INSERT, source = SourceType.DB)
    Instant createdAt;

    @Column(name = "updated_at")
    @CurrentTimestamp(
            event = {EventType.INSERT, EventType.UPDATE},
            source = SourceType.DB)
    Instant updatedAt;
}
