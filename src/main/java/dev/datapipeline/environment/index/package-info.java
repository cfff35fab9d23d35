/**
 * What pip in the builder takes for its package index, and what is behind it: uploaded wheels, the indexes of the settings, the one that pip
 * has by default.
 *
 * <p>pip asks for names; {@link dev.datapipeline.environment.index.PackageIndexes} answers with the Simple API as HTML (PEP 503), which every
 * pip understands. The first index that has a name is the only one for that name, a name that matches a pattern of the settings comes from
 * that index only, and an index that does not do its part ends the search: a forgotten password never leads to another index. Only wheels
 * with a SHA-256 that are old enough are offered. What was left out, and why, stands in the
 * {@link dev.datapipeline.environment.index.IndexFindings}.
 *
 * <p>Serving happens on event loops; asking indexes and reading files does not.
 */
@NullMarked
package dev.datapipeline.environment.index;

import org.jspecify.annotations.NullMarked;
