package dev.datapipeline.sandbox.engine;

import dev.datapipeline.sandbox.engine.pipeline.EnginePipeline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Input, output and pipelines for tests. */
public final class Batches {
    public static final String ERROR =
            "{\"step\":\"s\",\"stage\":\"main\",\"type\":\"KeyError\",\"message\":\"'a'\",\"traceback\":null,\"script\":\"m.py\",\"line\":3}";

    private Batches() {}

    /** One step with these main scripts, one stage each. */
    public static EnginePipeline pipeline(String... sources) {
        return pipeline(Duration.ofSeconds(5), sources);
    }

    public static EnginePipeline pipeline(Duration recordTimeout, String... sources) {
        List<EnginePipeline.Step> steps = IntStream.range(0, sources.length)
                .mapToObj(number -> new EnginePipeline.Step(
                        "step" + number,
                        List.of(new EnginePipeline.Stage("main", "main" + number + ".py", sources[number]))))
                .toList();
        return new EnginePipeline(steps, recordTimeout, 1, true);
    }

    /** Gives {@code perInput} records at a time. */
    public static BatchInput input(int perInput, String... records) {
        return new BatchInput() {
            private int given;

            @Override
            public long firstRecord() {
                return 0;
            }

            @Override
            public int records() {
                return records.length;
            }

            @Override
            public ByteBuffer next() {
                int until = Math.min(records.length, given + perInput);
                StringBuilder lines = new StringBuilder();
                for (; given < until; given++) {
                    lines.append(records[given]).append('\n');
                }
                return ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public OriginalRecords originals() {
                return new MemoryRecords((String.join("\n", records) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    public static BatchInput numbered(int records) {
        return input(
                Integer.MAX_VALUE / 2,
                IntStream.range(0, records)
                        .mapToObj(number -> "{\"n\":" + number + "}")
                        .toArray(String[]::new));
    }

    /** Keeps everything. */
    public static final class Kept implements BatchOutput {
        private final ByteArrayOutputStream results = new ByteArrayOutputStream();
        private final ByteArrayOutputStream log = new ByteArrayOutputStream();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void results(ByteBuffer bytes) {
            results.writeBytes(array(bytes));
        }

        @Override
        public void failed(int position, ByteBuffer error) {
            failures.add(position + ":" + new String(array(error), StandardCharsets.UTF_8));
        }

        @Override
        public void log(ByteBuffer text) {
            log.writeBytes(array(text));
        }

        public byte[] results() {
            return results.toByteArray();
        }

        public List<String> failures() {
            return failures;
        }

        public String log() {
            return log.toString(StandardCharsets.UTF_8);
        }

        /** The values of all records and stages, one a line; "=" for one that reads as the value before, or as the record. */
        public List<String> values() {
            List<String> values = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(results());
            while (bytes.hasRemaining()) {
                int end = bytes.getInt() + bytes.position();
                bytes.position(bytes.position() + 5);
                int[] lengths = new int[bytes.get()];
                for (int value = 0; value < lengths.length; value++) {
                    bytes.position(bytes.position() + 5);
                    lengths[value] = bytes.getInt();
                }
                for (int length : lengths) {
                    if (length == Integer.MIN_VALUE) {
                        values.add("=");
                        continue;
                    }
                    byte[] value = new byte[length];
                    bytes.get(value);
                    values.add(new String(value, StandardCharsets.UTF_8));
                }
                bytes.position(end);
            }
            return values;
        }

        private static byte[] array(ByteBuffer bytes) {
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        }
    }
}
