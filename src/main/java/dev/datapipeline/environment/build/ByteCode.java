package dev.datapipeline.environment.build;

import dev.datapipeline.environment.install.InstallRefusedException;
import dev.datapipeline.environment.install.InstalledFile;
import dev.datapipeline.environment.install.StagedFiles;
import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.builder.CompileCount;
import dev.datapipeline.sandbox.builder.CompileOrder;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the byte code of all modules to a staged folder: a builder makes it, the service writes it. */
final class ByteCode {
    private static final String SOURCE = ".py";
    private static final String OWNER = "The byte code";
    private static final int PROGRESS = 50;

    private final Builders builders;
    private final EnvironmentBuildConfig config;

    ByteCode(Builders builders, EnvironmentBuildConfig config) {
        this.builders = builders;
        this.config = config;
    }

    /** @param target name of the folder when it is finished */
    void add(String staged, String target, StagedFiles files, BuildLog log)
            throws SandboxFailureException, InstallRefusedException, IOException, InterruptedException {
        log.begin(BuildStep.COMPILE);
        List<String> modules = files.files().stream()
                .map(InstalledFile::path)
                .filter(path -> path.endsWith(SOURCE))
                .toList();
        if (modules.isEmpty()) {
            return;
        }
        try (Builder builder = builders.launch()) {
            String tag = builder.inspect().cacheTag();
            if (tag == null) {
                log.line("This Python keeps no byte code.");
                return;
            }
            Written written = new Written(modules, tag, files, log);
            CompileOrder order = new CompileOrder(staged, target, modules, config.compileTimeout());
            CompileCount count = written.compiledBy(builder, order);
            log.progress(modules.size(), modules.size());
            int without = modules.size() - count.compiled();
            if (without > 0) {
                log.line(without + " of " + modules.size() + " modules have no byte code.");
            }
        }
    }

    /** Where a module has its byte code. */
    static String place(String module, String cacheTag) {
        int name = module.lastIndexOf('/') + 1;
        String stem = module.substring(name, module.length() - SOURCE.length());
        return module.substring(0, name) + "__pycache__/" + stem + "." + cacheTag + ".pyc";
    }

    private static final class Written {
        private final List<String> modules;
        private final String tag;
        private final StagedFiles files;
        private final BuildLog log;
        private int count;
        private @Nullable InstallRefusedException refusal;

        private Written(List<String> modules, String tag, StagedFiles files, BuildLog log) {
            this.modules = modules;
            this.tag = tag;
            this.files = files;
            this.log = log;
        }

        private CompileCount compiledBy(Builder builder, CompileOrder order)
                throws SandboxFailureException, InstallRefusedException, IOException, InterruptedException {
            try {
                return builder.compile(order, this::write);
            } catch (IOException failure) {
                if (refusal != null) {
                    throw refusal;
                }
                throw failure;
            }
        }

        private void write(int module, ByteBuffer code) throws IOException {
            byte[] bytes = new byte[code.remaining()];
            code.get(bytes);
            try {
                files.write(
                        place(modules.get(module), tag), OWNER, false, new ByteArrayInputStream(bytes), bytes.length);
            } catch (InstallRefusedException refused) {
                refusal = refused;
                throw new IOException(refused);
            }
            count++;
            if (count % PROGRESS == 0) {
                log.progress(count, modules.size());
            }
        }
    }
}
