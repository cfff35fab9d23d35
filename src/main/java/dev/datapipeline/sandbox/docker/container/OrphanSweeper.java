package dev.datapipeline.sandbox.docker.container;

import com.github.dockerjava.api.model.Container;
import dev.datapipeline.sandbox.ServiceInstance;
import dev.datapipeline.sandbox.docker.api.DockerEngine;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Removes containers of this service that nobody owns: those of an earlier process, and those that this one lost. */
public final class OrphanSweeper {
    private static final Logger LOG = Logger.getLogger(OrphanSweeper.class);

    private final DockerEngine docker;
    private final ServiceInstance instance;
    private final Supplier<Set<String>> owned;

    /** @param owned ids of the sandboxes of this process, known before their containers are made and until they are removed */
    public OrphanSweeper(DockerEngine docker, ServiceInstance instance, Supplier<Set<String>> owned) {
        this.docker = docker;
        this.instance = instance;
        this.owned = owned;
    }

    /** Returns how many containers were removed. One that cannot be removed is tried again next time. */
    public int sweep() throws SandboxFailureException, InterruptedException {
        int removed = 0;
        for (Container container : docker.list(ContainerLabels.of(instance))) {
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
        String process = container.getLabels().get(ContainerLabels.PROCESS);
        String sandbox = container.getLabels().get(ContainerLabels.SANDBOX);
        if (process == null || sandbox == null) {
            return false;
        }
        return !process.equals(instance.process()) || !owned.get().contains(sandbox);
    }
}
