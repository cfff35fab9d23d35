package dev.datapipeline.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** The way to all package indexes and model upstreams that have no other of their own. */
@ConfigMapping(prefix = "datapipeline.network")
public interface SharedNetworkConfig extends NetworkConfig {
    /** Hosts to which no call goes through a proxy; {@code *.example.com} stands for all below it. */
    @WithDefault("localhost,127.0.0.1,[::1]")
    List<String> noProxy();
}
