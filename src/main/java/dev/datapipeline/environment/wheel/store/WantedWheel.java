package dev.datapipeline.environment.wheel.store;

/**
 * A wheel as a lock names it.
 *
 * @param sha256 in lower-case hexadecimal digits
 * @param index name of the index that it came from
 * @param size in bytes as the lock says, or -1 where nobody knows
 */
public record WantedWheel(String sha256, String filename, String index, long size) {}
