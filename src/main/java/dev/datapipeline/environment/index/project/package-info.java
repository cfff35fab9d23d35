/**
 * What one resolution sees of a project: the first index that has it, its files, and which of them pip may have.
 */
@NullMarked
package dev.datapipeline.environment.index.project;

import org.jspecify.annotations.NullMarked;
