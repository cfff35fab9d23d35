package dev.datapipeline.testing;

import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.image.BaseImages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Leases {@link FakeSandbox}es, checks scripts by rules that a test can see through, and records what it was asked. Thread-safe. */
public final class FakeSandboxes implements Sandboxes {
    public final List<SandboxRequest> requests = Collections.synchronizedList(new ArrayList<>());
    public final List<SandboxLease> leases = Collections.synchronizedList(new ArrayList<>());
    public final List<SandboxOwner> released = Collections.synchronizedList(new ArrayList<>());
    /** Ids of the sandboxes whose lease ended or was aborted. */
    public final List<String> returned = Collections.synchronizedList(new ArrayList<>());

    public final List<String> checked = Collections.synchronizedList(new ArrayList<>());
    private final Function<String, FakeSandbox> sandboxes;
    private volatile Runnable beforeLease = () -> {};
    private volatile boolean isAway;
    private volatile boolean leasesTheSame;

    public FakeSandboxes() {
        this(FakeSandbox::new);
    }

    /** @param sandboxes makes a sandbox with an id */
    public FakeSandboxes(Function<String, FakeSandbox> sandboxes) {
        this.sandboxes = sandboxes;
    }

    /** From now on no sandbox is available. */
    public void goAway() {
        isAway = true;
    }

    /** From now on all leases are of one sandbox, as for the batches of a run that follow each other. */
    public void leaseTheSame() {
        leasesTheSame = true;
    }

    /** Does something between the request and the lease. */
    public void beforeLease(Runnable action) {
        beforeLease = action;
    }

    @Override
    public SandboxLease lease(SandboxRequest request) throws SandboxFailureException {
        requests.add(request);
        requirePresence();
        beforeLease.run();
        FakeSandbox sandbox = sandboxes.apply(leasesTheSame ? "same" : "sandbox-" + requests.size());
        SandboxLease lease = new SandboxLease(sandbox, (taken, isReusable) -> {
            returned.add(taken.id());
            if (!isReusable) {
                taken.abort();
            }
        });
        leases.add(lease);
        return lease;
    }

    @Override
    public void release(SandboxOwner owner) {
        released.add(owner);
    }

    /** {@code def (} is a syntax error, a script without {@code def transform} breaks the contract, {@code unused} is a warning. */
    @Override
    public List<ScriptProblem> check(String image, String source) throws SandboxFailureException {
        requirePresence();
        checked.add(image.equals(BaseImages.DEFAULT) ? source : image + ": " + source);
        if (source.contains("def (")) {
            return List.of(new ScriptProblem(3, 5, "error", "invalid syntax", "SCRIPT_SYNTAX"));
        }
        if (!source.contains("def transform")) {
            return List.of(new ScriptProblem(1, 1, "error", "there is no transform", "SCRIPT_CONTRACT"));
        }
        return source.contains("unused")
                ? List.of(new ScriptProblem(2, 1, "warning", "never used", "SCRIPT_CONTRACT"))
                : List.of();
    }

    private void requirePresence() throws SandboxFailureException {
        if (isAway) {
            throw new SandboxFailureException(SandboxFailure.DOCKER, "nobody there", null);
        }
    }
}
