/** What users may rely on, one file for each promise; proven on the real service, database and sandboxes. */
@NullMarked
package dev.datapipeline.promises;

import org.jspecify.annotations.NullMarked;
