/**
 * An upload before it is a dataset: its type and separator as the client claims them, how many may run at a time, and how slow one may be.
 */
@NullMarked
package dev.datapipeline.dataset.upload;

import org.jspecify.annotations.NullMarked;
