package dev.datapipeline.sandbox.docker;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells whether batches can run. Answers from what is known, never by asking Docker. */
@Readiness
@Singleton
class SandboxReadiness implements HealthCheck {
    private final DockerSandboxes system;

    SandboxReadiness(DockerSandboxes system) {
        this.system = system;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = system.trouble();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("sandboxes").withData("warm", system.warm());
        trouble.ifPresent(text -> response.withData("reason", text));
        system.environmentTrouble().ifPresent(text -> response.withData("packages", text));
        return response.status(trouble.isEmpty()).build();
    }
}
