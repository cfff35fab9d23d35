package dev.datapipeline.run.admission;

import dev.datapipeline.storage.Blobs;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Tells whether there is disk space for more runs. No part of readiness: with a full disk people must still look and delete. */
@Wellness
@Singleton
public class DiskSpaceHealthCheck implements HealthCheck {
    private final Blobs blobs;
    private final AdmissionConfig config;

    DiskSpaceHealthCheck(Blobs blobs, AdmissionConfig config) {
        this.blobs = blobs;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        long free = freeBytes();
        long needed = config.minFreeSpace().asLongValue();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("disk").withData("free", gigabytes(free));
        if (free < needed) {
            response.withData(
                    "reason",
                    "Only %s are free and new runs need %s. Delete runs or datasets that are no longer needed."
                            .formatted(gigabytes(free), gigabytes(needed)));
        }
        return response.status(free >= needed).build();
    }

    private long freeBytes() {
        try {
            return blobs.freeBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
