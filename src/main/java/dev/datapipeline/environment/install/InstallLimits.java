package dev.datapipeline.environment.install;

/**
 * What one environment may have.
 *
 * @param entries files and folders
 * @param bytes of all files
 */
public record InstallLimits(int entries, long bytes) {}
