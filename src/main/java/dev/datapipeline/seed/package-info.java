/**
 * The two endpoints of the system that this service replaces, as lenient as they were there.
 */
@NullMarked
package dev.datapipeline.seed;

import org.jspecify.annotations.NullMarked;
