/**
 * Who uses the service: roles, callers, secrets and the settings of {@code datapipeline.auth}.
 *
 * <p>{@code account} holds users and their passwords, {@code credential} sessions and API keys, {@code login} the ways to sign in, {@code
 * access} decides for each request what its caller may do, and {@code api} serves all of it over HTTP. In single-user mode none of it is
 * asked.
 *
 * <p>A secret (password, link, session, key) must never be stored, logged or answered again after it was made: the database holds digests.
 */
@NullMarked
package dev.datapipeline.identity;

import org.jspecify.annotations.NullMarked;
