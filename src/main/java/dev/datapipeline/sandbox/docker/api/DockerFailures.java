package dev.datapipeline.sandbox.docker.api;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong with the Docker engine, in words that say what to do. */
final class DockerFailures {
    private static final int MAX_TEXT = 500;

    private DockerFailures() {}

    static SandboxFailureException timeout(String doing, Duration limit) {
        return docker(
                "The Docker engine took longer than " + limit.toSeconds() + " s for " + doing
                        + ". See whether `docker info` answers; restart the engine if it does not.",
                null);
    }

    static SandboxFailureException of(URI host, String doing, @Nullable Throwable cause) {
        String text = text(cause);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")) {
            return docker(
                    "The Docker engine at " + host + " may not be used by this user. Add the user to the group"
                            + " `docker`, or run the service as one who may.",
                    cause);
        }
        if (isUnreachable(lower)) {
            return docker(
                    "No Docker engine answers at " + host + ". Start it, or set DOCKER_HOST to where it listens.",
                    cause);
        }
        if (isWithoutSpace(lower)) {
            return withoutSpace(cause);
        }
        if (lower.contains("bind source path does not exist")) {
            return docker(
                    "The Docker engine does not see the folder of the sandbox sockets or that of the environments. Where the"
                            + " service runs in a container itself, name the volumes of these folders in"
                            + " datapipeline.sandbox.socket-volume and datapipeline.environment.volume.",
                    cause);
        }
        if (cause instanceof NotFoundException && lower.contains("no such image")) {
            return new SandboxFailureException(
                    SandboxFailure.IMAGE, "The sandbox image is gone; it is made again.", cause);
        }
        return docker("The Docker engine failed at " + doing + ": " + text, cause);
    }

    /** @param error in the words of the engine, which answers a build that fails as it does one that goes well */
    static SandboxFailureException ofBuild(String base, String error) {
        if (isWithoutSpace(error.toLowerCase(Locale.ROOT))) {
            return withoutSpace(null);
        }
        return new SandboxFailureException(
                SandboxFailure.IMAGE, "The sandbox image cannot be built on " + base + ": " + error, null);
    }

    private static boolean isWithoutSpace(String text) {
        return text.contains("no space left on device");
    }

    private static SandboxFailureException withoutSpace(@Nullable Throwable cause) {
        return new SandboxFailureException(
                SandboxFailure.NO_SPACE,
                "The Docker engine is out of disk space. Free some, for example by `docker system prune`.",
                cause);
    }

    private static boolean isUnreachable(String text) {
        return text.contains("no such file or directory") && text.contains("socket")
                || text.contains("connection refused")
                || text.contains("connect to");
    }

    private static SandboxFailureException docker(String text, @Nullable Throwable cause) {
        return new SandboxFailureException(SandboxFailure.DOCKER, text, cause);
    }

    private static String text(@Nullable Throwable cause) {
        String text = String.valueOf(cause).replaceAll("\\s+", " ");
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
