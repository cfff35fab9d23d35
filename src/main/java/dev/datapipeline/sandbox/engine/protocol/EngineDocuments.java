package dev.datapipeline.sandbox.engine.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.sandbox.engine.SandboxFailureException;
import dev.datapipeline.sandbox.engine.ScriptError;
import dev.datapipeline.sandbox.engine.ScriptProblem;
import dev.datapipeline.sandbox.engine.frame.FrameType;
import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import dev.datapipeline.sandbox.engine.pipeline.Priming;
import dev.datapipeline.sandbox.isolation.IsolationReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The JSON documents in frames, read strictly: unknown or missing fields and wrong types break the protocol. Thread-safe. */
public final class EngineDocuments {
    /** Escapes all but ASCII, so that even half a surrogate pair in a script arrives as it was sent and is refused by Python, not by us. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** Room for what a PIPELINE frame has beside the steps. */
    private static final int REST_OF_PIPELINE = 16 * 1024;

    /** Bytes of JSON that the steps of a pipeline may have: a frame holds no more. */
    public static final long MAX_STEPS_SIZE = FrameType.FROM_SERVICE - REST_OF_PIPELINE;

    /** Where every sandbox has the folders with packages. */
    public static final String ENVIRONMENTS = "/environments";

    private EngineDocuments() {}

    public record Hello(int protocol, String engine, String python, String json, IsolationReport confinement) {
        public Hello {
            Objects.requireNonNull(engine);
            Objects.requireNonNull(python);
            Objects.requireNonNull(json);
            Objects.requireNonNull(confinement);
        }
    }

    record Done(int records, int succeeded, int failed, int skipped, int crashes) {}

    record Checked(List<ScriptProblem> problems) {
        Checked {
            problems = List.copyOf(problems);
        }
    }

    record Prime(String path, List<String> modules) {
        static Prime of(Priming priming) {
            return new Prime(ENVIRONMENTS + "/" + priming.environment(), priming.modules());
        }
    }

    private record Loaded(List<String> modules) {
        private Loaded {
            modules = List.copyOf(modules);
            if (!Priming.areModules(modules)) {
                throw new IllegalArgumentException("not names of modules");
            }
        }
    }

    private record Pipeline(
            List<EnginePipeline.Step> steps,
            double recordTimeoutSeconds,
            int recordConcurrency,
            String trace,
            double loadTimeoutSeconds,
            int maxResultBytes,
            int maxCrashesPerBatch,
            int maxLogBytes,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Outbound outbound,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Environment environment) {}

    private record Outbound(int port, Map<String, String> environment) {
        static @Nullable Outbound of(@Nullable OutboundAccess access) {
            return access == null ? null : new Outbound(OutboundAccess.PORT, access.environment());
        }
    }

    private record Environment(String path) {
        static @Nullable Environment of(@Nullable String name) {
            return name == null ? null : new Environment(ENVIRONMENTS + "/" + name);
        }
    }

    static Hello hello(ByteBuffer payload) throws SandboxFailureException {
        return read("HELLO", Hello.class, payload);
    }

    /** Rejects texts longer than the engine sends, because a forged one would be stored and grouped in its full length. */
    static ScriptError error(ByteBuffer payload) throws SandboxFailureException {
        ScriptError error = read("an error", ScriptError.class, payload);
        if (!error.fitsLimits()) {
            throw SandboxFailureException.violation("an error with a text or a line beyond its bound");
        }
        return error;
    }

    /** The modules that scripts import from their environment before they do anything else. */
    static List<String> loaded(ByteBuffer payload) throws SandboxFailureException {
        return read("LOADED", Loaded.class, payload).modules();
    }

    static String reason(ByteBuffer payload) throws SandboxFailureException {
        return read("the reason of a skipped record", String.class, payload);
    }

    static Done done(ByteBuffer payload) throws SandboxFailureException {
        return read("DONE", Done.class, payload);
    }

    static List<ScriptProblem> checked(ByteBuffer payload) throws SandboxFailureException {
        return read("CHECKED", Checked.class, payload).problems();
    }

    /** The payload of PIPELINE, written without a second copy of the scripts. */
    static ByteBuffer pipeline(EnginePipeline pipeline, EngineLimits limits) {
        Pipeline document = new Pipeline(
                pipeline.steps(),
                pipeline.recordTimeout().toMillis() / 1000.0,
                pipeline.recordConcurrency(),
                pipeline.keepsAllStages() ? "all" : "final",
                limits.loadTimeout().toMillis() / 1000.0,
                limits.resultBytes(),
                limits.crashesPerBatch(),
                limits.logBytes(),
                Outbound.of(pipeline.outbound()),
                Environment.of(pipeline.environment()));
        return payload(document);
    }

    static ByteBuffer payload(Object document) {
        ByteBuffer payload = ByteBuffer.allocate(Math.toIntExact(size(document)));
        write(document, new BufferOutput(payload));
        return payload.flip();
    }

    /** Bytes of JSON that the steps have in a PIPELINE frame, every character that is not ASCII as six of them. */
    public static long size(List<EnginePipeline.Step> steps) {
        return size((Object) steps);
    }

    private static long size(Object document) {
        CountingOutput count = new CountingOutput();
        write(document, count);
        return count.bytes;
    }

    private static void write(Object document, OutputStream target) {
        try {
            JSON.writeValue(target, document);
        } catch (IOException bug) {
            throw new IllegalStateException("a document of ours can always be written", bug);
        }
    }

    private static final class BufferOutput extends OutputStream {
        private final ByteBuffer buffer;

        private BufferOutput(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public void write(int value) {
            buffer.put((byte) value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            buffer.put(source, offset, length);
        }
    }

    private static final class CountingOutput extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes += length;
        }
    }

    /** Takes all of {@code payload}. */
    static <T> T read(String what, Class<T> type, ByteBuffer payload) throws SandboxFailureException {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        try {
            T document = JSON.readValue(bytes, type);
            if (document != null) {
                return document;
            }
        } catch (IOException malformed) {
            // The text of the parser would quote what a script wrote.
        }
        throw SandboxFailureException.violation(what + " is not the JSON document it should be");
    }
}
