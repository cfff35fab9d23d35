package dev.datapipeline.sandbox;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of environments are.
 *
 * @param path which every container mounts; others than the service can pass through it but not list it
 * @param secret file from which the names of the folders in it follow
 * @param former folder of earlier versions, whose environments can be deleted
 */
public record EnvironmentDirectory(Path path, Path secret, Optional<Path> former) {}
