/** Uploaded datasets. */
@NullMarked
package dev.datapipeline.dataset;

import org.jspecify.annotations.NullMarked;
