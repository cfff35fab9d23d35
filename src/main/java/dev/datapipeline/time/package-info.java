/**
 * Time as the code sees it: deadlines on the monotonic clock.
 */
@NullMarked
package dev.datapipeline.time;

import org.jspecify.annotations.NullMarked;
