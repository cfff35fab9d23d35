package dev.datapipeline.sandbox.docker;

import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The image of all sandboxes, made by the service from its own engine and only where it is missing. Thread-safe. */
public final class SandboxImage {
    private static final Logger LOG = Logger.getLogger(SandboxImage.class);
    private static final String REPOSITORY = "datapipeline-sandbox";

    /** A registry is not asked more often for what it did not have; what somebody imports is found at once. */
    private static final Duration BETWEEN_PULLS = Duration.ofMinutes(1);

    private final DockerEngine docker;
    private final String base;
    private final EngineImageContext files;
    private @Nullable String known;
    private @Nullable SandboxFailureException lastPull;
    private Deadline nextPull = Deadline.in(Duration.ZERO);

    public SandboxImage(DockerEngine docker, String base, EngineImageContext files) {
        this.docker = docker;
        this.base = base;
        this.files = files;
    }

    /** The name of the image, which is there when this returns; it changes with whatever goes into it. */
    synchronized String name() throws SandboxFailureException, InterruptedException {
        if (known != null) {
            return known;
        }
        String tag = REPOSITORY + ":" + fingerprint(baseId());
        if (docker.imageId(tag).isEmpty()) {
            LOG.infof("Building the sandbox image %s on %s", tag, base);
            docker.build(files.tar(), base, tag);
        }
        known = tag;
        return tag;
    }

    /** Called when the engine does not know the image any more. */
    synchronized void forget() {
        known = null;
    }

    private String baseId() throws SandboxFailureException, InterruptedException {
        Optional<String> id = docker.imageId(base);
        if (id.isPresent()) {
            return id.get();
        }
        if (lastPull == null || nextPull.isOver()) {
            lastPull = pull();
            nextPull = Deadline.in(BETWEEN_PULLS);
        }
        if (lastPull != null) {
            throw missing(lastPull.getMessage(), lastPull);
        }
        return docker.imageId(base).orElseThrow(() -> missing("The pull brought nothing.", null));
    }

    /** Returns why it failed, null when it did not. */
    private @Nullable SandboxFailureException pull() throws InterruptedException {
        LOG.infof("Pulling %s, the base of the sandbox image", base);
        try {
            docker.pull(base);
            return null;
        } catch (SandboxFailureException failure) {
            return failure;
        }
    }

    private SandboxFailureException missing(String why, @Nullable Exception cause) {
        return new SandboxFailureException(
                SandboxFailure.IMAGE,
                "The base image " + base + " is not there and cannot be pulled. Pull or import it by hand, or name"
                        + " another image with Python 3 in datapipeline.sandbox.base-image. " + why,
                cause);
    }

    private String fingerprint(String baseId) {
        MessageDigest digest = sha256();
        digest.update(baseId.getBytes(StandardCharsets.UTF_8));
        digest.update(files.tar());
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
