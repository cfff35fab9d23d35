package dev.datapipeline.sandbox.docker.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Who came to a socket, as the kernel knows it. */
public final class SocketPeer {
    private SocketPeer() {}

    /** Whether the process at the other end ran as this user when it connected. */
    public static boolean isOf(int user, SocketChannel connection) throws IOException {
        return connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(principal(user));
    }

    /** A user as the kernel tells it. */
    public static UserPrincipal principal(int user) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Integer.toString(user));
    }
}
