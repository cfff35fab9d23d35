/**
 * Reads JSON bodies strictly: rejects unknown members, wrong types and invalid encoding, each with its position in the body.
 */
@NullMarked
package dev.datapipeline.http.json;

import org.jspecify.annotations.NullMarked;
