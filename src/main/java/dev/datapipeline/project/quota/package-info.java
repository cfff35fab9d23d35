/**
 * Quotas: what a project may take of what all share. Each may say its own; where it says nothing, those of the settings count, and where they say
 * nothing either, there is no limit but that of the service.
 */
@NullMarked
package dev.datapipeline.project.quota;

import org.jspecify.annotations.NullMarked;
