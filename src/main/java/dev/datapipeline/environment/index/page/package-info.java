/**
 * Reads the page of a project at an index: the Simple API in JSON (PEP 691, 700, 714) and in HTML (PEP 503, 592, 658).
 *
 * <p>Everything is bounded, in bytes and number, and nothing of a page is repeated in messages. What a page says of its files is not checked
 * here.
 */
@NullMarked
package dev.datapipeline.environment.index.page;

import org.jspecify.annotations.NullMarked;
