package dev.datapipeline.sandbox.docker.api;

import dev.datapipeline.sandbox.docker.api.DockerEngine.ContainerState;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.Optional;

/** What can be said about the end of a container, for people. */
public final class ContainerExit {
    private ContainerExit() {}

    public static String of(DockerEngine docker, String container) {
        try {
            Optional<ContainerState> state = docker.state(container);
            return state.isPresent() ? text(state.get()) : "Its container was removed.";
        } catch (SandboxFailureException unknown) {
            return unknown.getMessage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String text(ContainerState state) {
        if (state.isRunning()) {
            return "Its container is still running.";
        }
        return "Its container ended with exit code " + state.exitCode()
                + (state.isOutOfMemory() ? ", out of memory." : ".");
    }
}
