/**
 * Unpacks wheels into the folder of an environment.
 *
 * <p>A wheel is a zip file that anybody may have made. {@code ZipDirectory} reads what is in it, {@code WheelLayout} decides where each
 * member goes, and {@link dev.datapipeline.environment.install.StagedFiles} alone writes: regular files and folders only, within the folder,
 * each once, never more than the limits. No code of a package runs, and nothing is executed because of its name.
 */
@NullMarked
package dev.datapipeline.environment.install;

import org.jspecify.annotations.NullMarked;
