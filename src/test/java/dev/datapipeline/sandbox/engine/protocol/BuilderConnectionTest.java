package dev.datapipeline.sandbox.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datapipeline.outbound.OutboundAccess;
import dev.datapipeline.outbound.OutboundAnswer;
import dev.datapipeline.outbound.OutboundCall;
import dev.datapipeline.outbound.OutboundService;
import dev.datapipeline.outbound.WaitingTime;
import dev.datapipeline.sandbox.builder.BuilderTarget;
import dev.datapipeline.sandbox.builder.CompileCount;
import dev.datapipeline.sandbox.builder.CompileOrder;
import dev.datapipeline.sandbox.builder.Resolution;
import dev.datapipeline.sandbox.builder.ResolveOrder;
import dev.datapipeline.sandbox.engine.SandboxFailure;
import dev.datapipeline.time.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders of builds to an engine that may answer anything. */
class BuilderConnectionTest extends EngineConnectionFixture {
    private static final String NOTHING_RESOLVED =
            "{\"installer\":null,\"packages\":[],\"failure\":{\"kind\":\"CONFLICT\",\"message\":\"a\",\"requirement\":\"\"}}";

    private final List<String> log = new ArrayList<>();
    private final Map<Integer, String> files = new TreeMap<>();
    private BuilderConnection builder;

    @BeforeEach
    void becomeBuilder() {
        builder = connection.builder();
    }

    private Resolution resolve() throws Exception {
        OutboundAccess access = new OutboundAccess(Map.of(), new Nobody(), new WaitingTime(Ticker.system()));
        return builder.resolve(new ResolveOrder(List.of("pandas>=2"), "", access, Duration.ofSeconds(9)), log::add);
    }

    private CompileCount compile(int count) throws Exception {
        List<String> modules = new ArrayList<>();
        for (int module = 0; module < count; module++) {
            modules.add("m" + module + ".py");
        }
        CompileOrder order = new CompileOrder("staging-1", "final", modules, Duration.ofSeconds(9));
        return builder.compile(order, 2, (file, code) -> {
            byte[] bytes = new byte[code.remaining()];
            code.get(bytes);
            files.put(file, HexFormat.of().formatHex(bytes));
        });
    }

    private static byte[] file(int index, int... code) {
        ByteBuffer payload = ByteBuffer.allocate(Integer.BYTES + code.length).putInt(index);
        for (int each : code) {
            payload.put((byte) each);
        }
        return payload.array();
    }

    @Test
    void theTargetIsRead() throws Exception {
        engine.says(
                'T',
                "{\"python\":\"3.11.2\",\"cacheTag\":\"cpython-311\",\"installer\":\"pip 23.0.1\",\"index\":\"https://x/simple\","
                        + "\"platform\":\"manylinux_2_36_x86_64\",\"tags\":[\"py3-none-any\"]}");

        BuilderTarget target = builder.inspect();

        assertEquals(0, engine.hears('N').length);
        assertEquals("cpython-311", target.cacheTag());
        assertEquals(List.of("py3-none-any"), target.tags());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"python\":\"../x\",\"cacheTag\":null,\"installer\":null,\"index\":null,\"platform\":null,\"tags\":[]}",
                "{\"python\":\"3.11.2\",\"cacheTag\":\"../../x\",\"installer\":null,\"index\":null,\"platform\":null,\"tags\":[]}",
                "{\"python\":\"3.11.2\",\"cacheTag\":null,\"installer\":null,\"index\":null,\"platform\":null,\"tags\":[null]}",
                "{\"python\":\"3.11.2\",\"cacheTag\":null,\"installer\":null,\"index\":\"a\\nb\",\"platform\":null,\"tags\":[]}"
            })
    void aTargetOfAnotherFormBreaksTheProtocol(String document) throws Exception {
        engine.says('T', document);

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> builder.inspect());
    }

    @Test
    void requirementsAreSentAndPackagesRead() throws Exception {
        engine.says('G', "Collecting pandas\n")
                .says(
                        'V',
                        "{\"installer\":\"pip 23.0.1\",\"packages\":[{\"name\":\"pandas\",\"version\":\"2.2\",\"filename\":"
                                + "\"pandas-2.2-py3-none-any.whl\",\"requires\":[\"numpy\"]}],\"failure\":null}");

        Resolution resolution = resolve();

        assertEquals(
                new ObjectMapper()
                        .readTree(
                                "{\"requirements\":[\"pandas>=2\"],\"requiresPython\":\"\",\"port\":11411,\"timeoutSeconds\":9}"),
                new ObjectMapper().readTree(engine.hears('S')));
        assertEquals(List.of("Collecting pandas"), log);
        assertNull(resolution.failure());
        assertEquals(List.of("numpy"), resolution.packages().getFirst().requires());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"installer\":null,\"packages\":[],\"failure\":null}",
                "{\"installer\":\"pip\",\"packages\":[],\"failure\":{\"kind\":\"OTHER\",\"message\":\"\",\"requirement\":\"\"}}",
                "{\"installer\":null,\"packages\":[],\"failure\":{\"kind\":\"NEW\",\"message\":\"\",\"requirement\":\"\"}}",
                "{\"installer\":\"pip\",\"failure\":null,\"packages\":[{\"name\":\"A\",\"version\":\"1\",\"filename\":\"a.whl\",\"requires\":[]}]}",
                "{\"installer\":\"pip\",\"failure\":null,\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"filename\":\"../a.whl\",\"requires\":[]}]}",
                "{\"installer\":\"pip\",\"failure\":null,\"packages\":[{\"name\":\"a\",\"version\":\"1\\n2\",\"filename\":\"a.whl\",\"requires\":[]}]}",
                "{\"installer\":\"pip\",\"failure\":null,\"packages\":[{\"name\":\"a\",\"version\":\"1\",\"filename\":\"a.whl\",\"requires\":[\"B\"]}]}"
            })
    void aResolutionOfAnotherFormBreaksTheProtocol(String document) throws Exception {
        engine.says('V', document);

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, this::resolve);
    }

    @Test
    void linesOfTheLogAreMasked() throws Exception {
        engine.says('G', "\u001b[31mred\u0007 \u202eevil\u2028 gr\u00fcn\ttab   \n" + "x".repeat(5000) + "\nend\n")
                .says('V', NOTHING_RESOLVED);

        resolve();

        assertEquals(" [31mred   evil  gr\u00fcn tab", log.getFirst());
        assertEquals(2000, log.get(1).length());
        assertEquals("end", log.getLast());
    }

    @Test
    void aLogBeyondItsBoundBreaksTheProtocol() throws Exception {
        byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                engine.says('G', much).says('G', much).says('G', much);
            } catch (java.io.IOException closed) {
                // The service has had enough.
            }
        });

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, this::resolve);
    }

    @Test
    void filesArriveInAnyOrder() throws Exception {
        engine.says('F', file(2, 1, 2)).says('F', file(0, 3)).says('E', "{\"compiled\":2,\"failed\":1}");

        assertEquals(new CompileCount(2, 1), compile(3));
        assertEquals(Map.of(0, "03", 2, "0102"), files);
        assertEquals(
                new ObjectMapper()
                        .readTree("{\"folder\":\"/environments/staging-1\",\"target\":\"/environments/final\","
                                + "\"files\":[\"m0.py\",\"m1.py\",\"m2.py\"],\"processes\":2,\"timeoutSeconds\":9}"),
                new ObjectMapper().readTree(engine.hears('M')));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void aFileThatWasNotOrderedBreaksTheProtocol(int index) throws Exception {
        engine.says('F', file(index, 1));

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> compile(3));
    }

    @Test
    void aFileComesOnceAndIsNotEmpty() throws Exception {
        engine.says('F', file(1, 1)).says('F', file(1, 1));

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> compile(3));
    }

    @Test
    void aFileHasContents() throws Exception {
        engine.says('F', file(1));

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> compile(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"compiled\":1,\"failed\":0}",
                "{\"compiled\":0,\"failed\":-1}",
                "{\"compiled\":0,\"failed\":4}"
            })
    void countsAreThoseOfTheFiles(String document) throws Exception {
        engine.says('E', document);

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> compile(3));
    }

    @ParameterizedTest
    @ValueSource(chars = {'R', 'W', 'D', 'L', 'K', 'F', 'E', 'H', 'T'})
    void otherFramesBreakTheProtocol(char type) throws Exception {
        engine.says(type, "");

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, this::resolve);
    }

    @Test
    void aFileBeyondItsBoundIsNotAllocated() throws Exception {
        engine.sendsHeader('F', 17 * 1024 * 1024);

        assertFailure(SandboxFailure.PROTOCOL_VIOLATION, () -> compile(3));
    }

    private static final class Nobody implements OutboundService {
        @Override
        public void serve(OutboundCall call) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public void attempt(long firstRecord, long records) {
            throw new AssertionError("there are no records");
        }

        @Override
        public OutboundAnswer refusal(int status, String code, String message) {
            throw new AssertionError("nobody calls");
        }
    }
}
