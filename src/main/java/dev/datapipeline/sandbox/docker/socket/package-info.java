/**
 * The socket between the service and a sandbox: its folder, the user that the sandbox runs as, and the check of who connects.
 */
@NullMarked
package dev.datapipeline.sandbox.docker.socket;

import org.jspecify.annotations.NullMarked;
