/**
 * The grammar of one requirement: names, extras, versions and markers (PEP 508), and nothing else that pip would take on a line.
 *
 * <p>What comes out is canonical: two requirements that mean the same have the same text. Knows versions, and nothing of where a requirement was
 * written.
 */
@NullMarked
package dev.datapipeline.environment.requirement.syntax;

import org.jspecify.annotations.NullMarked;
