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

/** Limits for uploads. */
@ConfigMapping(prefix = "datapipeline.dataset")
public interface UploadConfig {
    /** Largest upload after decompression, and largest dataset as stored. */
    @WithDefault("16G")
    MemorySize maxUploadSize();

    /** Largest record; the engine accepts up to 16 MiB. */
    @WithDefault("16M")
    MemorySize maxRecordSize();

    /** How deeply objects and arrays of a record may be nested, including the record itself. */
    @WithDefault("500")
    @WithConverter(Depth.class)
    int maxDepth();

    /** An upload in gzip that decompresses to more than this many times its size is rejected. */
    @WithDefault("200")
    @WithConverter(PositiveInteger.class)
    int maxGzipRatio();

    /** An upload is rejected when less space than this would remain on the disk. */
    @WithDefault("256M")
    MemorySize minFreeSpace();

    /** Uploads at the same time; further ones get 429. */
    @WithDefault("8")
    @WithConverter(PositiveInteger.class)
    int maxConcurrentUploads();

    /** Bytes a second below which an upload is rejected, since it holds the place of another; 0 allows any rate. */
    @WithDefault("1K")
    MemorySize minUploadRate();

    /** How long an upload may be slower than that. */
    @WithDefault("60S")
    Duration slowUploadTimeout();

    final class Depth implements Converter<Integer> {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Integer convert(String text) {
            return Ranges.between(1, 900, Integer.valueOf(text));
        }
    }
}
