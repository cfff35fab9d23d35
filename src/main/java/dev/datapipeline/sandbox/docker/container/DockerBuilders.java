package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.engine.SandboxFailureException;

public final class DockerBuilders implements Builders {
    private final ContainerLauncher launcher;

    public DockerBuilders(ContainerLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Builder launch(String image) throws SandboxFailureException, InterruptedException {
        return launcher.launchBuilder(image);
    }

    @Override
    public String image(String base) throws SandboxFailureException, InterruptedException {
        return launcher.image(base);
    }
}
