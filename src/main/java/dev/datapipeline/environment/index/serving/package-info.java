/**
 * Answers pip in the builder: pages of projects as HTML (PEP 503), which every pip understands, wheels, and their metadata.
 *
 * <p>Serving happens on event loops; what blocks has threads of its own, and every index its own for downloads, so that none keeps another
 * waiting.
 */
@NullMarked
package dev.datapipeline.environment.index.serving;

import org.jspecify.annotations.NullMarked;
