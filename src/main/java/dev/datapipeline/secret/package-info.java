/**
 * Secrets: values that the service uses and nobody can read again, such as keys of upstreams and passwords of package indexes.
 *
 * <p>{@code Secrets} stores them sealed by a {@code MasterKey}, which is in a file or a setting and never in the database, and answers
 * {@link dev.datapipeline.secret.SecretLookup} from memory. {@code MasterKeys} makes the key file at the first start and checks it at each one;
 * {@code KeyRotation} replaces the key while the service is stopped.
 *
 * <p>A value must never get into logs, answers, arguments, environment variables or a sandbox. What comes from where a secret was sent to goes
 * through {@link dev.datapipeline.secret.SecretMask} before anybody sees it.
 */
@NullMarked
package dev.datapipeline.secret;

import org.jspecify.annotations.NullMarked;
