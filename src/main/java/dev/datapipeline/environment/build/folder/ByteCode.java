package dev.datapipeline.environment.build.folder;

import dev.datapipeline.environment.build.BuildLog;
import dev.datapipeline.environment.build.BuildStep;
import dev.datapipeline.environment.build.EnvironmentBuildConfig;
import dev.datapipeline.environment.install.InstallRefusedException;
import dev.datapipeline.environment.install.InstalledFile;
import dev.datapipeline.environment.install.StagedFiles;
import dev.datapipeline.sandbox.builder.Builder;
import dev.datapipeline.sandbox.builder.Builders;
import dev.datapipeline.sandbox.builder.CompileOrder;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds the byte code of modules to a staged folder: a builder makes it, the service writes it. Tests that packages bring along, often half of
 * their modules, go without: no script imports them.
 */
final class ByteCode {
    private static final String SOURCE = ".py";
    private static final String OWNER = "The byte code";
    private static final Pattern TESTS = Pattern.compile("/tests?/");
    private static final int PROGRESS = 50;

    /** Characters of the names in one order, so that it fits into its frame however they are escaped. */
    private static final int MAX_NAMES = 2_000_000;

    private final Builders builders;
    private final EnvironmentBuildConfig config;

    ByteCode(Builders builders, EnvironmentBuildConfig config) {
        this.builders = builders;
        this.config = config;
    }

    /**
     * @param target name of the folder when it is finished
     * @param image name of the base image whose Python compiles
     */
    void add(String staged, String target, String image, StagedFiles files, BuildLog log)
            throws SandboxFailureException, InstallRefusedException, IOException, InterruptedException {
        log.begin(BuildStep.COMPILE);
        List<String> modules = files.files().stream()
                .map(InstalledFile::path)
                .filter(path -> path.endsWith(SOURCE) && !TESTS.matcher(path).find())
                .toList();
        if (modules.isEmpty()) {
            return;
        }
        try (Builder builder = builders.launch(image)) {
            String tag = builder.inspect().cacheTag();
            if (tag == null) {
                log.line("This Python keeps no byte code.");
                return;
            }
            Written written = new Written(tag, files, modules.size(), log);
            for (List<String> part : parts(modules)) {
                written.compile(builder, new CompileOrder(staged, target, part, config.compileTimeout()));
            }
            log.progress(modules.size(), modules.size());
            int without = modules.size() - written.count;
            if (without > 0) {
                log.line(without + " of " + modules.size() + " modules have no byte code.");
            }
        }
    }

    private static List<List<String>> parts(List<String> modules) {
        List<List<String>> parts = new ArrayList<>();
        int begin = 0;
        int names = 0;
        for (int end = 0; end < modules.size(); end++) {
            names += modules.get(end).length();
            if (names > MAX_NAMES) {
                parts.add(modules.subList(begin, end));
                begin = end;
                names = modules.get(end).length();
            }
        }
        parts.add(modules.subList(begin, modules.size()));
        return parts;
    }

    /** Where a module has its byte code. */
    static String place(String module, String cacheTag) {
        int name = module.lastIndexOf('/') + 1;
        String stem = module.substring(name, module.length() - SOURCE.length());
        return module.substring(0, name) + "__pycache__/" + stem + "." + cacheTag + ".pyc";
    }

    private static final class Written {
        private final String tag;
        private final StagedFiles files;
        private final int total;
        private final BuildLog log;
        private int count;
        private @Nullable InstallRefusedException refusal;

        private Written(String tag, StagedFiles files, int total, BuildLog log) {
            this.tag = tag;
            this.files = files;
            this.total = total;
            this.log = log;
        }

        private void compile(Builder builder, CompileOrder order)
                throws SandboxFailureException, InstallRefusedException, IOException, InterruptedException {
            try {
                builder.compile(order, (module, code) -> write(order.files().get(module), code));
            } catch (IOException failure) {
                if (refusal != null) {
                    throw refusal;
                }
                throw failure;
            }
        }

        private void write(String module, ByteBuffer code) throws IOException {
            byte[] bytes = new byte[code.remaining()];
            code.get(bytes);
            try {
                files.write(place(module, tag), OWNER, false, new ByteArrayInputStream(bytes), bytes.length);
            } catch (InstallRefusedException refused) {
                refusal = refused;
                throw new IOException(refused);
            }
            count++;
            if (count % PROGRESS == 0) {
                log.progress(count, total);
            }
        }
    }
}
