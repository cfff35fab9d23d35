/** Secrets over HTTP: set, listed without their values, and deleted; never read. */
@NullMarked
package dev.datapipeline.secret.api;

import org.jspecify.annotations.NullMarked;
