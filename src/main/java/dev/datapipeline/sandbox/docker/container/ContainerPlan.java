package dev.datapipeline.sandbox.docker.container;

import dev.datapipeline.sandbox.docker.socket.SandboxFolder;
import java.util.Map;

/**
 * What one container has of its own.
 *
 * @param user of this sandbox alone, and its group
 * @param folder of its sockets in that of the service
 */
record ContainerPlan(
        Map<String, String> labels, int user, ContainerBounds bounds, SandboxFolder sockets, String folder) {}
