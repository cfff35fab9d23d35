/**
 * Folders that containers mount, at places whose paths tell scripts nothing.
 *
 * <p>A script can read in {@code /proc/self/mountinfo} where a mounted folder is on the host, so a folder inside the data folder would tell
 * where that is.
 */
@NullMarked
package dev.datapipeline.sandbox.place;

import org.jspecify.annotations.NullMarked;
