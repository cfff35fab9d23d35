/** Ranges of settings, checked when they are read: a value outside ends the start with a message that names the setting. */
@NullMarked
package dev.datapipeline.settings;

import org.jspecify.annotations.NullMarked;
