/**
 * Projects: what belongs to whom. Everything that is stored belongs to one, and who is no member of it is told that it is not there.
 *
 * <p>{@code AccessGate} makes a {@code ProjectAccess} for each request. The doors ({@code VisibleRuns}, {@code VisibleDatasets}, {@code
 * VisiblePipelines} and so on) ask it before they turn an id that a client names into a reference, and readers take references only.
 *
 * <p>A request works in one project: the one that it names, else the only one of its caller, else that of the first thing that it names.
 */
@NullMarked
package dev.datapipeline.project;

import org.jspecify.annotations.NullMarked;
