/**
 * How a sandbox is isolated: what its engine reports, and the risks that follow from it (docs/security.md). {@code sandbox.docker} rejects a
 * sandbox with a risk that the settings do not accept.
 */
@NullMarked
package dev.datapipeline.sandbox.isolation;

import org.jspecify.annotations.NullMarked;
