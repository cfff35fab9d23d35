/**
 * JSON as bytes: decoded strings, a validator for untrusted values, and the search for keys that occur twice.
 *
 * <p>Shared by uploads and by what sandboxes send. Nothing here allocates per character, and nothing knows where the bytes come from.
 */
@NullMarked
package dev.datapipeline.json;

import org.jspecify.annotations.NullMarked;
