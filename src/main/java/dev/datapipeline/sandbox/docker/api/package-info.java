/**
 * Calls to the Docker engine, each with a bound on its time, and its errors in our words. docker-java is used in {@code sandbox.docker}
 * only.
 */
@NullMarked
package dev.datapipeline.sandbox.docker.api;

import org.jspecify.annotations.NullMarked;
