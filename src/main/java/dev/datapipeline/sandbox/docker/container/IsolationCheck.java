package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.sandbox.SandboxConfig;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.isolation.IsolationReport;
import dev.datapipeline.sandbox.isolation.IsolationRisk;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Rejects a sandbox that Docker has not isolated as requested, which an old or oddly configured engine does not report. Thread-safe. */
final class IsolationCheck {
    private static final Logger LOG = Logger.getLogger(IsolationCheck.class);

    private final long processLimit;
    private final Set<IsolationRisk> accepted;
    private final AtomicBoolean isWarned = new AtomicBoolean();

    IsolationCheck(SandboxConfig config) {
        this.processLimit = config.limits().processes();
        this.accepted = config.acceptedRisks().orElse(Set.of());
    }

    void check(IsolationReport confinement, int user, long memoryLimit) throws SandboxFailureException {
        Set<IsolationRisk> risks = confinement.risks(user, memoryLimit, processLimit);
        if (!accepted.containsAll(risks)) {
            throw new SandboxFailureException(SandboxFailure.ISOLATION, refusal(risks), null);
        }
        if (!risks.isEmpty() && isWarned.compareAndSet(false, true)) {
            LOG.warnf("Batches run in sandboxes that are not fully isolated, as the settings accept: %s", texts(risks));
        }
    }

    private static String refusal(Set<IsolationRisk> risks) {
        String names = risks.stream().map(IsolationRisk::settingName).collect(Collectors.joining(","));
        return "The Docker engine does not isolate sandboxes as requested: " + texts(risks) + "."
                + " No batch runs like that. Fix the engine, or accept the risk with"
                + " DATAPIPELINE_SANDBOX_ACCEPTED_RISKS=" + names + " (docs/security.md says what each means).";
    }

    private static String texts(Set<IsolationRisk> risks) {
        return risks.stream().map(IsolationRisk::text).collect(Collectors.joining(", "));
    }
}
