package dev.sluice.provider.wire;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// Why the network gave no answer. The earlier of two is more specific: a connection that timed out is also one
/// that was not opened.
public enum ConnectionFailure {
    /// The name has no address.
    UNKNOWN_HOST,
    /// The certificate is not for this name, has expired, or has no trusted issuer; or the peer does not speak TLS.
    TLS,
    /// No answer in time.
    TIME_OUT,
    /// The connection was refused, or no route exists.
    REFUSED,
    /// The connection broke, or the answer was not HTTP.
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
