package dev.datapipeline.pipeline.saved;

import dev.datapipeline.pipeline.Pipeline;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.SourceType;
import org.hibernate.generator.EventType;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "pipeline_version")
class SavedPipelineVersion {
    @EmbeddedId
    Id id;

    @Column(nullable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    Pipeline definition;

    /** Its packages, locked; null where it needs none. */
    @Column(name = "environment_id")
    @Nullable
    UUID environmentId;

    @Column(name = "created_at")
    @CurrentTimestamp(event = EventType.INSERT, source = SourceType.DB)
    Instant createdAt;

    @Embeddable
    record Id(
            @Column(name = "pipeline_id") UUID pipelineId,
            @Column(name = "version") int version) {}
}
