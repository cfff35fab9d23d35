/**
 * What a wheel is: its file name (PEP 427), the metadata in it, the bounds of its zip file; and the two ways in which one does not come. A wheel
 * is a file of a stranger: nothing of it is run, and nothing that it states of itself is believed.
 */
@NullMarked
package dev.datapipeline.environment.wheel;

import org.jspecify.annotations.NullMarked;
