/**
 * What people add to runs, datasets and pipelines so that they find them again: another name, a note, tags, a star.
 *
 * <p>The resources of the three take a {@link dev.datapipeline.label.LabelRequest}, which checks everything at once, and store its changes
 * with {@link dev.datapipeline.label.LabelRepository}. Labels never change what a run does, except that retention keeps starred runs and
 * datasets.
 */
@NullMarked
package dev.datapipeline.label;

import org.jspecify.annotations.NullMarked;
