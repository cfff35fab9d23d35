/** Ranges of settings, checked while they are read: a start with a value outside ends with a message that names the setting. */
@NullMarked
package dev.datapipeline.settings;

import org.jspecify.annotations.NullMarked;
