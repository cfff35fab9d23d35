/**
 * JSON bodies, read strictly: unknown members, wrong types and half characters are refused, each with its place in the body.
 */
@NullMarked
package dev.datapipeline.http.json;

import org.jspecify.annotations.NullMarked;
