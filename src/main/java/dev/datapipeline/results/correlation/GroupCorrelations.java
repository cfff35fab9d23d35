package dev.datapipeline.results.correlation;

import dev.datapipeline.http.download.Client;
import dev.datapipeline.memory.MemoryBudget;
import dev.datapipeline.results.scan.RunRecords;
import dev.datapipeline.run.RunSpec;
import dev.datapipeline.run.store.failure.RecordQuery;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Finds what the records of a run that match a query have in common and its other finished records have not. */
@Singleton
public class GroupCorrelations {
    private final RunRecords records;
    private final MemoryBudget budget;

    GroupCorrelations(RunRecords records, MemoryBudget budget) {
        this.records = records;
        this.budget = budget;
    }

    /**
     * @param total records of the run
     * @param matching how many of them match, at most
     */
    public CorrelationsResponse compare(RunSpec spec, RecordQuery group, long total, long matching, Client client)
            throws IOException {
        CorrelationFinder finder = new CorrelationFinder();
        RecordSample ofGroup = new RecordSample(budget, finder::addOfGroup);
        SampledRecords.read(
                (range, sample) -> records.visit(spec, group, range, sample, client), total, matching, ofGroup);
        if (ofGroup.records() == 0) {
            return finder.best();
        }
        RecordSample ofOthers = new RecordSample(budget, finder::addOfOthers);
        SampledRecords.read(
                (range, sample) -> records.visitOthers(spec, group, range, sample, client),
                total,
                total - Math.min(matching, ofGroup.records()),
                ofOthers);
        return finder.best();
    }
}
