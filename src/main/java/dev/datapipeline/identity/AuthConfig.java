package dev.datapipeline.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;

@ConfigMapping(prefix = "datapipeline.auth")
public interface AuthConfig {
    @WithParentName
    @WithDefault("automatic")
    AuthMode mode();

    /** A session that is not used for this long ends. */
    @WithDefault("24H")
    @WithConverter(LongerThanCaching.class)
    Duration sessionIdleTimeout();

    /** A session ends after this time, however much it is used. */
    @WithDefault("14D")
    @WithConverter(LongerThanCaching.class)
    Duration sessionLifetime();

    /** Validity of a link with which a person chooses a password. */
    @WithDefault("3D")
    @WithConverter(LongerThanCaching.class)
    Duration linkLifetime();
}
