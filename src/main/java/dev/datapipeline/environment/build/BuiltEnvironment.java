package dev.datapipeline.environment.build;

/**
 * A finished environment.
 *
 * @param folder its name below the folder of all environments
 * @param size of its files in bytes
 * @param cached whether it was there already
 */
public record BuiltEnvironment(String folder, long size, boolean cached) {}
