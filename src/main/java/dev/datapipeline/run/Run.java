package dev.datapipeline.run;

import dev.datapipeline.label.Labels;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A run as read from its table. Only {@code RunTransitions} changes counters and status. */
@Entity
@Table(name = "run")
public class Run extends PanacheEntityBase {
    @Id
    public UUID id;

    @Column(name = "project_id", updatable = false)
    public UUID projectId;

    @Column(name = "name", updatable = false)
    public String name;

    @Enumerated(EnumType.STRING)
    @Column(name = "status", updatable = false)
    public RunStatus status = RunStatus.QUEUED;

    @Column(name = "status_reason", updatable = false, insertable = false)
    @Nullable
    public String statusReason;

    @Column(name = "dataset_id", updatable = false)
    public UUID datasetId;

    /** Only the name of the dataset: runs are read often, and the summary of its fields may be long. */
    @Formula("(select d.name from dataset d where d.id = dataset_id)")
    public String datasetName;

    @Column(name = "pipeline_id", updatable = false)
    @Nullable
    public UUID pipelineId;

    @Column(name = "pipeline_version", updatable = false)
    @Nullable
    public Integer pipelineVersion;

    @Column(name = "pipeline_name", updatable = false)
    public String pipelineName;

    @Column(name = "pipeline_description", updatable = false)
    @Nullable
    public String pipelineDescription;

    /** Written but never read through the entity, since they contain every script. See {@code RunRepository.whole}. */
    @Basic(fetch = FetchType.LAZY)
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "steps", updatable = false)
    public String steps;

    @Column(name = "batch_size", updatable = false)
    public int batchSize;

    @Column(name = "max_parallel_batches", updatable = false)
    public int maxParallelBatches;

    @Column(name = "record_concurrency", updatable = false)
    public int recordConcurrency;

    @Column(name = "record_timeout_ms", updatable = false)
    public long recordTimeoutMilliseconds;

    @Column(name = "tolerated_failures", updatable = false)
    @Nullable
    public Long toleratedFailures;

    @Column(name = "trace", updatable = false)
    public String trace;

    @Column(name = "isolation", updatable = false)
    public String isolation;

    /** What scripts may call, as JSON, see {@code ModelAccess}. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "llm", updatable = false)
    @Nullable
    public String llm;

    /** Where its packages come from; null where its scripts need none. */
    @Column(name = "environment_id", updatable = false)
    @Nullable
    public UUID environmentId;

    /** Packages that were asked for besides those that scripts declare, as JSON; null where there are none. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "packages", updatable = false)
    @Nullable
    public String packages;

    /** Memory of each of its sandboxes; null for the limit of the settings. */
    @Column(name = "memory_megabytes", updatable = false)
    @Nullable
    public Integer memoryMegabytes;

    /** What it waits for; null where it can run. */
    @Enumerated(EnumType.STRING)
    @Column(name = "waits_for", updatable = false)
    @Nullable
    public WaitsFor waitsFor;

    @Column(name = "idempotency_key", updatable = false)
    @Nullable
    public String idempotencyKey;

    @Column(name = "request_digest", updatable = false)
    @Nullable
    public String requestDigest;

    @Column(name = "records", updatable = false)
    public long records;

    @Column(name = "succeeded", updatable = false)
    public long succeeded;

    @Column(name = "failed", updatable = false)
    public long failed;

    @Column(name = "skipped", updatable = false)
    public long skipped;

    @Column(name = "cancelled", updatable = false)
    public long cancelled;

    @Column(name = "batches", updatable = false)
    public int batches;

    @Column(name = "batches_succeeded", updatable = false)
    public int batchesSucceeded;

    @Column(name = "batches_failed", updatable = false)
    public int batchesFailed;

    @Column(name = "batches_cancelled", updatable = false)
    public int batchesCancelled;

    @Column(name = "retries", updatable = false)
    public int retries;

    /** Why it is paused; means nothing while it is not. */
    @Enumerated(EnumType.STRING)
    @Column(name = "pause_reason", updatable = false, insertable = false)
    @Nullable
    public PauseReason pauseReason;

    /** Picodollars that the call can cost for which it is paused. */
    @Column(name = "pause_needed", updatable = false, insertable = false)
    @Nullable
    public Long pauseNeeded;

    /** Records that had a result before the last retry began, or before the run was resumed. */
    @Column(name = "done_before", updatable = false)
    public long doneBefore;

    @Column(name = "revision", updatable = false)
    public long revision;

    @Column(name = "created_at", updatable = false, insertable = false)
    public Instant createdAt;

    @Column(name = "started_at", updatable = false, insertable = false)
    @Nullable
    public Instant startedAt;

    /** When it was paused last, since it was submitted or retried. */
    @Column(name = "paused_at", updatable = false, insertable = false)
    @Nullable
    public Instant pausedAt;

    /** When it went on after that. */
    @Column(name = "resumed_at", updatable = false, insertable = false)
    @Nullable
    public Instant resumedAt;

    /** Of all pauses that are over. */
    @Column(name = "paused_seconds", updatable = false, insertable = false)
    public double pausedSeconds;

    @Column(name = "finished_at", updatable = false, insertable = false)
    @Nullable
    public Instant finishedAt;

    /** What people added to it. */
    @Embedded
    public Labels labels = Labels.NONE;

    @Formula("(select count(*) from batch b where b.run_id = id and b.status = 'RUNNING')")
    public int batchesRunning;

    /** Seconds in database time from the start, or from the end of the last pause, to the end or to now. */
    @Formula("date_part('epoch', coalesce(finished_at, now()) - coalesce(resumed_at, started_at))")
    @Nullable
    public Double secondsRunning;

    public RunRef ref() {
        return new RunRef(id);
    }

    public long pending() {
        return records - succeeded - failed - skipped - cancelled;
    }
}
