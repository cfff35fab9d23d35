package dev.datapipeline.dataset.upload;

import dev.datapipeline.settings.PositiveInteger;
import dev.datapipeline.settings.Ranges;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.io.Serial;
import java.time.Duration;
import org.eclipse.microprofile.config.spi.Converter;

/** What an upload may be. */
@ConfigMapping(prefix = "datapipeline.dataset")
public interface UploadConfig {
    /** Largest upload, after unpacking, and largest dataset as it is stored. */
    @WithDefault("16G")
    MemorySize maxUploadSize();

    /** Largest record; the engine takes none beyond 16 MiB. */
    @WithDefault("16M")
    MemorySize maxRecordSize();

    /** How deep objects and arrays of a record may stand in each other, the record itself included. */
    @WithDefault("500")
    @WithConverter(Depth.class)
    int maxDepth();

    /** An upload in gzip that unpacks to more than so many times its size is refused as a bomb. */
    @WithDefault("200")
    @WithConverter(PositiveInteger.class)
    int maxGzipRatio();

    /** An upload is refused when less space than this would remain on the disk. */
    @WithDefault("256M")
    MemorySize minFreeSpace();

    /** Uploads taken in at the same time; more are told to come back. */
    @WithDefault("8")
    @WithConverter(PositiveInteger.class)
    int maxConcurrentUploads();

    /** Bytes a second below which an upload is given up, for it holds the place of another; 0 is as slow as anybody likes. */
    @WithDefault("1K")
    MemorySize minUploadRate();

    /** How long an upload may be slower than that. */
    @WithDefault("60S")
    Duration uploadPatience();

    /** What the engine can read. */
    final class Depth implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(1, 900, Integer.valueOf(text));
        }
    }
}
