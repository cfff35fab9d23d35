package dev.datapipeline.environment.requirement;

/**
 * Where a requirement was written.
 *
 * @param label for people, for example {@code packages, line 2} or {@code script clean.py, line 5}
 */
public record Origin(String label) {}
