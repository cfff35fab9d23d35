package dev.datapipeline.environment.build;

import dev.datapipeline.environment.lock.Lock;
import java.util.UUID;

/**
 * What is to be built.
 *
 * @param image name of the base image whose Python compiles and imports it
 * @param environment with {@code attempt}, names what is not finished
 */
public record BuildOrder(Lock lock, String image, UUID environment, int attempt) {}
