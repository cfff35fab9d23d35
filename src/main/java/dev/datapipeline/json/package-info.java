/**
 * JSON as bytes: text with escapes, a validator for untrusted values, and the search for names that occur twice.
 *
 * <p>Shared by uploads and by what sandboxes send. Nothing here allocates per character, and nothing knows where the bytes come from.
 */
@NullMarked
package dev.datapipeline.json;

import org.jspecify.annotations.NullMarked;
