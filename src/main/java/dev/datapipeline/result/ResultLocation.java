package dev.datapipeline.result;

/**
 * @param segment last part of the name of the blob
 * @param offset first byte of the results
 * @param resultsLength bytes of result records
 * @param logLength bytes of the log, which follows them
 */
public record ResultLocation(String segment, long offset, long resultsLength, long logLength) {}
