/**
 * What users declare: requirements (PEP 508) in a list, in the text of a requirements file, and in the metadata of scripts (PEP 723).
 *
 * <p>{@link dev.datapipeline.environment.requirement.DeclaredPackages} reads all of them, collects every error with its place, and joins
 * them. Only names with versions, extras and markers are taken: no options, addresses, paths. What comes out is written anew from what was
 * understood, so nothing that this package does not know reaches pip.
 *
 * <p>Knows problems and versions, and asks nobody.
 */
@NullMarked
package dev.datapipeline.environment.requirement;

import org.jspecify.annotations.NullMarked;
