/** The images of sandboxes: a base image with Python, and the engine of this service on top of it. */
@NullMarked
package dev.datapipeline.sandbox.docker.image;

import org.jspecify.annotations.NullMarked;
