/**
 * Containers in which environments are prepared: packages are resolved and byte code is compiled there, as in a sandbox without network and
 * keys. Each is used for one build and thrown away.
 *
 * <p>What comes out of a builder is as untrusted as what comes out of a sandbox. Records here have been checked for their form and their
 * bounds; whether they are true is for the caller to find out.
 */
@NullMarked
package dev.datapipeline.sandbox.builder;

import org.jspecify.annotations.NullMarked;
