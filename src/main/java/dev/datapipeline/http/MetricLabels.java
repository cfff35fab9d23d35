package dev.datapipeline.http;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Bounds the labels of metrics that a client chooses. Addresses are bounded by quarkus.micrometer.binder.http-server; a method may be any word.
 */
@Singleton
final class MetricLabels {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    @Produces
    @Singleton
    MeterFilter boundMethods() {
        return MeterFilter.replaceTagValues("method", method -> METHODS.contains(method) ? method : "OTHER");
    }
}
