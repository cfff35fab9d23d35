/**
 * What every part of the HTTP API does the same way, so that no resource does it by hand.
 *
 * <p>JSON is read strictly ({@link dev.datapipeline.web.StrictJson}) and what is wrong with it is said with its place; query parameters
 * that a resource does not declare, repeats or cannot read are refused before the resource is called; lists are
 * {@link dev.datapipeline.web.Page}s with an opaque {@link dev.datapipeline.web.Cursor}. Known to all features, knows none of them.
 */
@NullMarked
package dev.datapipeline.web;

import org.jspecify.annotations.NullMarked;
