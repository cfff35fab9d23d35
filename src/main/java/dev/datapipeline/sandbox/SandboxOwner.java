package dev.datapipeline.sandbox;

import java.util.UUID;

/**
 * The key under which sandboxes are leased: a run as it was submitted or retried. Sandboxes of one owner are never leased to another, so
 * a retry with corrected scripts never meets a sandbox that loaded the old ones.
 *
 * @param run a run, or a trial
 * @param retries how often the run was retried before
 */
public record SandboxOwner(UUID run, int retries) {}
