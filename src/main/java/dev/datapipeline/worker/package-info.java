/** Workers. */
@NullMarked
package dev.datapipeline.worker;

import org.jspecify.annotations.NullMarked;
