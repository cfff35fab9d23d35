package dev.datapipeline.environment.index.project;

import dev.datapipeline.digest.FileHash;
import dev.datapipeline.environment.index.page.IndexFile;
import dev.datapipeline.environment.index.upstream.RemoteIndex;
import dev.datapipeline.environment.index.upstream.RemoteIndexes;
import dev.datapipeline.environment.wheel.IndexUnreachableException;
import dev.datapipeline.environment.wheel.store.FileWheelStore;
import dev.datapipeline.environment.wheel.store.UploadedWheel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks projects up: uploaded wheels first, then the indexes in their order. Blocks. */
public final class Projects {
    private final RemoteIndexes indexes;
    private final FileWheelStore store;
    private final PythonTarget target;
    private final FilePolicy policy;

    public Projects(RemoteIndexes indexes, FileWheelStore store, PythonTarget target, Clock clock) {
        this.indexes = indexes;
        this.store = store;
        this.target = target;
        this.policy = new FilePolicy(new HashSet<>(target.tags()), clock.instant());
    }

    /**
     * The first index that has the name is the only one for it.
     *
     * @param name normalised
     * @throws IndexUnreachableException when one of them could not say whether it has it: the next is not asked
     */
    public Project find(String name) throws IndexUnreachableException, IOException, InterruptedException {
        if (indexes.isForbidden(name)) {
            return Project.forbidden(name);
        }
        List<IndexFile> uploaded = uploaded(name);
        if (!uploaded.isEmpty()) {
            return project(name, RemoteIndexes.UPLOADS, Optional.empty(), uploaded);
        }
        for (RemoteIndex index : indexes.candidates(name, target.defaultIndex())) {
            Optional<List<IndexFile>> files = index.files(name);
            if (files.isPresent()) {
                return project(name, index.name(), Optional.of(index), files.get());
            }
        }
        return Project.unknown(name);
    }

    private Project project(String name, String index, Optional<RemoteIndex> remote, List<IndexFile> files) {
        Set<String> names = new HashSet<>();
        List<SeenFile> seen = files.stream()
                // Of two with one name pip could choose one and the lock name the other.
                .filter(file -> names.add(file.filename()))
                .flatMap(file -> policy.judge(file, name, remote).stream())
                .toList();
        return new Project(name, Optional.of(index), remote, seen, false);
    }

    private List<IndexFile> uploaded(String name) throws IOException {
        return store.uploads().stream()
                .filter(wheel -> wheel.name().project().equals(name))
                .map(Projects::file)
                .toList();
    }

    private static IndexFile file(UploadedWheel wheel) {
        String filename = wheel.name().filename();
        URI nowhere = URI.create("uploaded:/" + wheel.sha256());
        FileHash hash = new FileHash(FileHash.Algorithm.SHA256, wheel.sha256());
        return new IndexFile(filename, nowhere, hash, wheel.size(), null, null, null, null);
    }
}
