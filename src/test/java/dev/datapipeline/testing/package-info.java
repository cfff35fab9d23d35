/** What tests share: the real database, builders with sane defaults. */
@NullMarked
package dev.datapipeline.testing;

import org.jspecify.annotations.NullMarked;
