package dev.datapipeline.dataset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What an upload may be. */
@ConfigMapping(prefix = "datapipeline.dataset")
interface DatasetConfig {
    /** Largest upload, after unpacking, and largest dataset as it is stored. */
    @WithDefault("16G")
    MemorySize maxUploadSize();

    /** Largest record; the engine takes none beyond 16 MiB. */
    @WithDefault("16M")
    MemorySize maxRecordSize();

    /** How deep objects and arrays of a record may stand in each other, the record itself included. */
    @WithDefault("500")
    @Min(1)
    @Max(900)
    int maxDepth();

    /** An upload in gzip that unpacks to more than so many times its size is refused as a bomb. */
    @WithDefault("200")
    @Min(1)
    int maxGzipRatio();

    /** An upload is refused when less space than this would remain on the disk. */
    @WithDefault("256M")
    MemorySize minFreeSpace();

    /** Uploads taken in at the same time; more are told to come back. */
    @WithDefault("8")
    @Min(1)
    int maxConcurrentUploads();

    /** Bytes a second below which an upload is given up, for it holds the place of another; 0 is as slow as anybody likes. */
    @WithDefault("1K")
    MemorySize minUploadRate();

    /** How long an upload may be slower than that. */
    @WithDefault("60S")
    Duration uploadPatience();
}
