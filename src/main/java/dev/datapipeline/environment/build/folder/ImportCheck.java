package dev.datapipeline.environment.build.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.install.InstalledFile;
import dev.datapipeline.sandbox.SandboxLease;
import dev.datapipeline.sandbox.SandboxOwner;
import dev.datapipeline.sandbox.SandboxRequest;
import dev.datapipeline.sandbox.Sandboxes;
import dev.datapipeline.sandbox.engine.BatchExchange;
import dev.datapipeline.sandbox.engine.BatchInput;
import dev.datapipeline.sandbox.engine.BatchOutput;
import dev.datapipeline.sandbox.engine.MemoryRecords;
import dev.datapipeline.sandbox.engine.OriginalRecords;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.PipelineRefusedException;
import dev.datapipeline.sandbox.image.SandboxBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Imports the top-level modules of an environment once in an ordinary sandbox, and warns of those that fail. */
final class ImportCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_IMPORT = Duration.ofSeconds(30);
    private static final int MAX_MESSAGE = 500;
    private static final String LIBRARY = "cannot open shared object file";
    private static final String SCRIPT = """
            import importlib

            def transform(record):
                importlib.import_module(record["module"])
                return {}
            """;

    private final Sandboxes sandboxes;

    ImportCheck(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
    }

    /** @param image name of the base image in which they are imported */
    void run(String folder, String image, Collection<InstalledFile> files, BuildLog log) throws InterruptedException {
        log.begin(BuildStep.CHECK);
        List<String> modules = TopLevelModules.of(files);
        if (modules.isEmpty()) {
            return;
        }
        SandboxOwner owner = new SandboxOwner(UUID.randomUUID(), 0);
        EnginePipeline pipeline = new EnginePipeline(steps(), LONGEST_IMPORT, 1, false).withEnvironment(folder);
        try (SandboxLease sandbox = sandboxes.lease(new SandboxRequest(owner, pipeline, true, SandboxBase.of(image)))) {
            sandbox.run(new BatchExchange(new Names(modules), new Failures(modules, log)));
            log.progress(modules.size(), modules.size());
        } catch (PipelineRefusedException | SandboxFailureException | IOException unchecked) {
            log.warning("The modules could not be imported for a check: " + unchecked.getMessage());
        } finally {
            sandboxes.release(owner);
        }
    }

    private static List<EnginePipeline.Step> steps() {
        EnginePipeline.Stage stage = new EnginePipeline.Stage("main", "import check", SCRIPT);
        return List.of(new EnginePipeline.Step("import check", List.of(stage)));
    }

    private record Names(List<String> modules) implements BatchInput {
        @Override
        public long firstRecord() {
            return 0;
        }

        @Override
        public int records() {
            return modules.size();
        }

        /** Names of modules have no character that JSON would escape. */
        @Override
        public ByteBuffer next() {
            return ByteBuffer.wrap(lines());
        }

        @Override
        public OriginalRecords originals() {
            return new MemoryRecords(lines());
        }

        private byte[] lines() {
            StringBuilder lines = new StringBuilder();
            modules.forEach(
                    module -> lines.append("{\"module\":\"").append(module).append("\"}\n"));
            return lines.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Failures(List<String> modules, BuildLog warnings) implements BatchOutput {
        @Override
        public void results(ByteBuffer bytes) {
            // Only failures say something.
        }

        @Override
        public void failed(int position, ByteBuffer error) throws IOException {
            byte[] bytes = new byte[error.remaining()];
            error.get(bytes);
            JsonNode document = JSON.readTree(bytes);
            String message = document.path("message").asText();
            String shown = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
            String advice = message.contains(LIBRARY)
                    ? " The base image of the sandboxes lacks this library: choose one that has it."
                    : "";
            warnings.warning("import " + modules.get(position) + " fails in a sandbox: "
                    + document.path("type").asText() + ": " + shown + advice);
        }

        @Override
        public void log(ByteBuffer text) {
            // What packages print when they are imported is of no interest here.
        }
    }
}
