package dev.sluice.provider;

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

class ObstacleTest {
    @Test
    void findsWhatTheNetworkSaidUnderWhateverWasThrown() {
        assertThat(Obstacle.of(new ExecutionException(new ConnectException("refused")))).isEqualTo(Obstacle.REFUSED);
        assertThat(Obstacle.of(new ConnectException("x").initCause(new UnresolvedAddressException()))).isEqualTo(Obstacle.UNKNOWN_HOST);
        assertThat(Obstacle.of(new RuntimeException(new UnknownHostException("x")))).isEqualTo(Obstacle.UNKNOWN_HOST);
        assertThat(Obstacle.of(new HttpConnectTimeoutException("x").initCause(new ConnectException("timed out"))))
                .isEqualTo(Obstacle.TIME_OUT);
        assertThat(Obstacle.of(new SocketTimeoutException("x"))).isEqualTo(Obstacle.TIME_OUT);
        assertThat(Obstacle.of(new IOException(new SSLHandshakeException("x")))).isEqualTo(Obstacle.TLS);
        assertThat(Obstacle.of(new IOException("reset"))).isEqualTo(Obstacle.BROKEN);
    }
}
