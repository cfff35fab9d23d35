/** Refuses new runs while too many are open or the disk is nearly full. */
@NullMarked
package dev.datapipeline.run.admission;

import org.jspecify.annotations.NullMarked;
