/** Runs. */
@NullMarked
package dev.datapipeline.run;

import org.jspecify.annotations.NullMarked;
