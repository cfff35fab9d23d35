package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.sandbox.ServiceInstance;
import java.util.Map;

/** The labels by which a service recognises its containers. */
public final class ContainerLabels {
    /** The id of the service. */
    static final String SERVICE = "dev.datapipeline.installation";

    /** The id of the process of the service. */
    static final String PROCESS = "dev.datapipeline.instance";

    public static final String SANDBOX = "dev.datapipeline.sandbox";

    private ContainerLabels() {}

    public static Map<String, String> of(ServiceInstance instance) {
        return Map.of(SERVICE, instance.id());
    }

    static Map<String, String> of(ServiceInstance instance, String sandbox) {
        return Map.of(SERVICE, instance.id(), PROCESS, instance.process(), SANDBOX, sandbox);
    }
}
