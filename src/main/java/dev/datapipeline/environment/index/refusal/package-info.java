/**
 * Why there is nothing for a requirement, in sentences for its author: an unknown name, no such version, no wheel, too new, forbidden. pip says the
 * same for most of these.
 */
@NullMarked
package dev.datapipeline.environment.index.refusal;

import org.jspecify.annotations.NullMarked;
