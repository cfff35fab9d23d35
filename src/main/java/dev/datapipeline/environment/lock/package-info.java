/**
 * The lock of an environment: the exact wheels that its packages were resolved to. It never changes; updating packages makes a new one.
 *
 * <p>It is exported as {@code pylock.toml} (PEP 751) and as requirements with hashes, and compared with another one.
 */
@NullMarked
package dev.datapipeline.environment.lock;

import org.jspecify.annotations.NullMarked;
