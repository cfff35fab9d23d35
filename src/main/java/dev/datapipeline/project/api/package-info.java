/** Projects, their members and their quotas over HTTP. */
@NullMarked
package dev.datapipeline.project.api;

import org.jspecify.annotations.NullMarked;
