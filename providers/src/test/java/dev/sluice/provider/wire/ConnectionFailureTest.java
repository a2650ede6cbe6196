package dev.sluice.provider.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionFailureTest {
    @Test
    void findsWhatTheNetworkSaidUnderWhateverWasThrown() {
        assertThat(ConnectionFailure.of(new ExecutionException(new ConnectException("refused")))).isEqualTo(ConnectionFailure.REFUSED);
        assertThat(ConnectionFailure.of(new ConnectException("x").initCause(new UnresolvedAddressException())))
                .isEqualTo(ConnectionFailure.UNKNOWN_HOST);
        assertThat(ConnectionFailure.of(new RuntimeException(new UnknownHostException("x")))).isEqualTo(ConnectionFailure.UNKNOWN_HOST);
        assertThat(ConnectionFailure.of(new HttpConnectTimeoutException("x").initCause(new ConnectException("timed out"))))
                .isEqualTo(ConnectionFailure.TIME_OUT);
        assertThat(ConnectionFailure.of(new SocketTimeoutException("x"))).isEqualTo(ConnectionFailure.TIME_OUT);
        assertThat(ConnectionFailure.of(new IOException(new SSLHandshakeException("x")))).isEqualTo(ConnectionFailure.TLS);
        assertThat(ConnectionFailure.of(new IOException("reset"))).isEqualTo(ConnectionFailure.BROKEN);
    }
}
