package dev.datapipeline.outbound.wire;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import java.nio.ByteBuffer;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jboss.logging.Logger;

/**
 * Whether connections to the socket of one sandbox come from it. Java tells the user of a connection by name, and the system can take longer
 * to find the name than a call takes otherwise. So a relay is looked at once: its later connections come with the same token, which it made
 * up and tells nobody. Thread-safe.
 */
public final class PeerCheck {
    private static final Logger LOG = Logger.getLogger(PeerCheck.class);
    private static final ChannelOption<UnixDomainPrincipal> PEER =
            NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED);

    /** Far more than there are relays, which start again when they have ended. Others than a relay could make the system look up names all the time. */
    private static final int MOST_TOKENS = 256;

    private final Predicate<UserPrincipal> users;
    private final Set<ByteBuffer> known = ConcurrentHashMap.newKeySet();

    /** @param users that processes of the sandbox can have */
    public PeerCheck(Predicate<UserPrincipal> users) {
        this.users = users;
    }

    boolean admits(Channel connection, ByteBuffer token) {
        if (known.contains(token)) {
            return true;
        }
        if (known.size() >= MOST_TOKENS) {
            return false;
        }
        if (!users.test(connection.config().getOption(PEER).user())) {
            LOG.warn("A process outside of a sandbox connected to its socket, and was rejected");
            return false;
        }
        known.add(token);
        return true;
    }
}
