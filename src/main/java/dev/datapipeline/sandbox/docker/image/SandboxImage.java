package dev.datapipeline.sandbox.docker.image;

import dev.datapipeline.digest.Sha256;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.time.Deadline;
import dev.datapipeline.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An image of sandboxes. The service builds it from its own engine if Docker does not have it. Thread-safe. */
public final class SandboxImage {
    private static final Logger LOG = Logger.getLogger(SandboxImage.class);
    private static final String REPOSITORY = "datapipeline-sandbox";

    /** After a failed pull the registry is asked again at this interval at most; an image that an operator imports is found at once. */
    private static final Duration PULL_INTERVAL = Duration.ofMinutes(1);

    private final DockerEngine docker;
    private final String base;
    private final String setting;
    private final EngineImageContext files;
    private @Nullable String known;
    private @Nullable SandboxFailureException lastPull;
    private final Ticker ticker;
    private Deadline nextPull;

    /** @param setting that says what the base is */
    public SandboxImage(DockerEngine docker, String base, String setting, EngineImageContext files, Ticker ticker) {
        this.docker = docker;
        this.base = base;
        this.setting = setting;
        this.files = files;
        this.ticker = ticker;
        this.nextPull = ticker.deadlineIn(Duration.ZERO);
    }

    /** Builds the image if necessary and returns its name, which contains a digest of what it is built from. */
    public synchronized String name() throws SandboxFailureException, InterruptedException {
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

    /** Called when Docker no longer has the image. */
    public synchronized void forget() {
        known = null;
    }

    private String baseId() throws SandboxFailureException, InterruptedException {
        Optional<String> id = docker.imageId(base);
        if (id.isPresent()) {
            return id.get();
        }
        if (lastPull == null || nextPull.isOver()) {
            lastPull = pull();
            nextPull = ticker.deadlineIn(PULL_INTERVAL);
        }
        if (lastPull != null) {
            throw missing(lastPull.getMessage(), lastPull);
        }
        return docker.imageId(base)
                .orElseThrow(() -> missing("The pull succeeded, but Docker does not list the image.", null));
    }

    /** Returns why the pull failed, null when it succeeded. */
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
                "The base image " + base + " is missing and cannot be pulled. Pull or import it by hand, or name"
                        + " another image with Python 3 in " + setting + ". " + why,
                cause);
    }

    private String fingerprint(String baseId) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(baseId.getBytes(StandardCharsets.UTF_8));
        digest.update(files.tar());
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
