package dev.sluice.provider.wire;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// Why there was no answer from the network. The earlier of two says more: a connection that was given up for its time is also one
/// that was not made.
public enum ConnectionFailure {
    /// The name has no address.
    UNKNOWN_HOST,
    /// The certificate is not for this name, has run out, or is signed by nobody who is trusted; or it is no TLS at all.
    TLS,
    /// Nothing in time.
    TIME_OUT,
    /// Nobody listens there, or there is no way there.
    REFUSED,
    /// The connection broke, or what came was no HTTP.
    BROKEN;

    /// Finds it among the causes.
    public static ConnectionFailure of(Throwable failure) {
        ConnectionFailure found = BROKEN;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ConnectionFailure one = switch (cause) {
                case UnknownHostException _,UnresolvedAddressException _ -> UNKNOWN_HOST;
                case SSLException _ -> TLS;
                case SocketTimeoutException _,HttpTimeoutException _,TimeoutException _ -> TIME_OUT;
                case ConnectException _,NoRouteToHostException _ -> REFUSED;
                default -> BROKEN;
            };
            found = one.compareTo(found) < 0 ? one : found;
        }
        return found;
    }
}
