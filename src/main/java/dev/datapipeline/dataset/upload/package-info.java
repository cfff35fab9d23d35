/**
 * Uploads before they are datasets: the type and separator that the client claims, the limit on concurrent uploads, and the minimum rate.
 */
@NullMarked
package dev.datapipeline.dataset.upload;

import org.jspecify.annotations.NullMarked;
