package dev.datapipeline.run.service;

import dev.datapipeline.label.LabelChanges;
import dev.datapipeline.label.LabelRepository;
import dev.datapipeline.problem.ProblemException;
import dev.datapipeline.run.RunChanges;
import dev.datapipeline.run.RunRef;
import jakarta.inject.Singleton;

/** Changes the labels of runs. */
@Singleton
public class RunLabels {
    private final LabelRepository labels;
    private final RunChanges changes;

    RunLabels(LabelRepository labels, RunChanges changes) {
        this.labels = labels;
        this.changes = changes;
    }

    /** @throws ProblemException NOT_FOUND */
    public void change(RunRef run, LabelChanges wanted) {
        if (!labels.change(LabelRepository.Labelled.RUN, run.id(), wanted)) {
            throw ProblemException.notFound("run");
        }
        changes.changed(run.id());
    }
}
