package dev.sluice.provider.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// A provider's own hosts on the internet. A server that answers for their names must not lead us into our own network. A host of another name is
/// one that the environment allowed, wherever it is.
///
/// @param domains the names end with, each with a dot at its beginning
public record OwnHosts(List<String> domains) {
    private static final int UNIQUE_LOCAL = 0xFC;
    private static final int SHARED_FIRST = 100;
    private static final int SHARED_SECOND = 64;

    /// Resolves the name, as the connection that follows will: the JVM remembers its addresses for 30 seconds.
    ///
    /// @throws UnknownHostException when it has no address on the internet
    void check(String host) throws UnknownHostException {
        if (domains.stream().anyMatch(host::endsWith)) {
            check(host, InetAddress.getAllByName(host));
        }
    }

    static void check(String host, InetAddress... addresses) throws UnknownHostException {
        if (!Arrays.stream(addresses).allMatch(OwnHosts::isPublic)) {
            throw new UnknownHostException("the name " + host + " leads into a private network");
        }
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xFF;
        boolean isUniqueLocal = address instanceof Inet6Address && (first & 0xFE) == UNIQUE_LOCAL;
        boolean isShared = bytes.length == 4 && first == SHARED_FIRST && (bytes[1] & 0xC0) == SHARED_SECOND;
        return !(address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress() || address.isAnyLocalAddress()
                || address.isMulticastAddress() || isUniqueLocal || isShared || (bytes.length == 4 && first == 0));
    }
}
