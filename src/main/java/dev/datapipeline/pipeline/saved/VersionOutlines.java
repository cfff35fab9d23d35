package dev.datapipeline.pipeline.saved;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.List;

/** The outlines that lists show of pipeline versions, extracted once by the database from definitions of up to megabytes. */
@Singleton
class VersionOutlines {
    private static final int MOST_NAMES = 10;
    private static final long MOST_CHARACTERS = 4_000_000;
    /** Size of an outline without names. */
    private static final int CHARACTERS_AROUND = 100;

    private final PipelineRepository pipelines;
    private final Cache<SavedPipelineVersion.Id, Outline> outlines = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((SavedPipelineVersion.Id id, Outline outline) -> outline.characters())
            .build();

    VersionOutlines(PipelineRepository pipelines) {
        this.pipelines = pipelines;
    }

    /**
     * @param steps how many there are
     * @param stepNames of the first ten
     */
    record Outline(String name, int steps, List<String> stepNames) {
        Outline {
            stepNames = List.copyOf(stepNames);
        }

        private int characters() {
            return CHARACTERS_AROUND
                    + name.length()
                    + stepNames.stream().mapToInt(String::length).sum();
        }
    }

    /** Call with a transaction open. */
    Outline of(SavedPipelineVersion.Id id) {
        return outlines.get(id, absent -> pipelines.outline(absent, MOST_NAMES));
    }
}
