/** Digests of bytes. */
@NullMarked
package dev.datapipeline.digest;

import org.jspecify.annotations.NullMarked;
