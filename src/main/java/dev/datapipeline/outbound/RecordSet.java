package dev.datapipeline.outbound;

/**
 * The records that a sandbox works on at one time.
 *
 * @param first index in the dataset
 */
public record RecordSet(long first, int records) {}
