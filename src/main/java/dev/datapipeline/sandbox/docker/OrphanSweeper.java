package dev.datapipeline.sandbox.docker;

import com.github.dockerjava.api.model.Container;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Removes containers of this installation that nobody owns: those of a process that died, as one process at a time owns an
 * installation, and those of this one that were lost, for example when Docker answered too late. Never touches others.
 */
final class OrphanSweeper {
    private static final Logger LOG = Logger.getLogger(OrphanSweeper.class);

    private final DockerEngine docker;
    private final ServiceInstance installation;
    private final Supplier<Set<String>> owned;

    /** @param owned ids of the sandboxes of this process, known before their containers are made and until they are removed */
    OrphanSweeper(DockerEngine docker, ServiceInstance installation, Supplier<Set<String>> owned) {
        this.docker = docker;
        this.installation = installation;
        this.owned = owned;
    }

    /** Returns how many were removed. One that cannot be removed stands in the way of no other and is tried again next time. */
    int sweep() throws SandboxFailureException, InterruptedException {
        int removed = 0;
        for (Container container : docker.list(installation.label())) {
            if (isOrphan(container) && isRemoved(container.getId())) {
                removed++;
            }
        }
        if (removed > 0) {
            LOG.infof("Removed %d sandboxes that nobody owned", removed);
        }
        return removed;
    }

    private boolean isRemoved(String container) throws InterruptedException {
        try {
            docker.remove(container);
            return true;
        } catch (SandboxFailureException failure) {
            LOG.warnf("Container %s is left for the next sweep: %s", container, failure.getMessage());
            return false;
        }
    }

    private boolean isOrphan(Container container) {
        String instance = container.getLabels().get(ServiceInstance.INSTANCE_LABEL);
        String sandbox = container.getLabels().get(ServiceInstance.SANDBOX_LABEL);
        if (instance == null || sandbox == null) {
            return false;
        }
        return !instance.equals(installation.instance()) || !owned.get().contains(sandbox);
    }
}
