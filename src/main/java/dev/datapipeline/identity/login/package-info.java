/**
 * Signing in and out: passwords become sessions here, within the limits of {@code LoginBackOff} against guessing.
 */
@NullMarked
package dev.datapipeline.identity.login;

import org.jspecify.annotations.NullMarked;
