/**
 * Builds the folders of environments: {@code WheelEnvironmentBuilder} fetches the wheels of a lock, has them unpacked and compiled, and imports
 * them once; {@code FileEnvironmentFolders} stages, publishes, verifies and deletes folders.
 *
 * <p>A folder that is published has a manifest and never changes. The service alone writes files; a builder only says what byte code is.
 */
@NullMarked
package dev.datapipeline.environment.build.folder;

import org.jspecify.annotations.NullMarked;
