/**
 * Zip archives: which of their members is the dataset, and reading it with bounds.
 *
 * <p>An archive lies in a scratch file, since its list of members stands at its end. That list is bounded before it is read, and every byte
 * of a member is counted: what unpacks to too many times its size, or is not what the list says, is refused with the name of the member.
 */
@NullMarked
package dev.datapipeline.dataset.ingest.archive;

import org.jspecify.annotations.NullMarked;
