package dev.datapipeline.environment.install;

/**
 * A file of an environment.
 *
 * @param path relative to the folder, with slashes
 * @param sha256 64 hexadecimal digits
 */
public record InstalledFile(String path, long size, String sha256) {}
