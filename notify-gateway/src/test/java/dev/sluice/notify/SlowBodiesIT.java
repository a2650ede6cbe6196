package dev.sluice.notify;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Providers send a notice at once; whoever sends theirs bit by bit keeps nobody else's out.
@ExtendWith(OutputCaptureExtension.class)
class SlowBodiesIT {
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = RunningGateway.start(ReceivedReply.settings());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void bodiesThatComeBitByBitKeepNoTrueNoticeOut(CapturedOutput printed) throws Exception {
        ReceivedReply told = new ReceivedReply("SLOW");
        var notTaken = gateway.bean(MeterRegistry.class).counter("sluice.notifications", "provider", "wechat", "verdict", "not_taken");
        double before = notTaken.count();
        int tooMany = 100;
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < Limits.BODIES + tooMany; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
            socket.getOutputStream().write("POST /api/wechat/notify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<xml>"
                    .getBytes(StandardCharsets.UTF_8));
            slow.add(socket);
        }
        await().atMost(Duration.ofSeconds(4)).until(() -> notTaken.count() >= before + tooMany);

        assertThat(gateway.wechat(told.wechat())).contains("SUCCESS");

        assertThat(printed.getOut().lines().filter(line -> line.contains("notification not taken"))).as("counted each, told now and then")
                .isNotEmpty().hasSizeLessThan(tooMany / 10);
        for (Socket socket : slow) {
            socket.close();
        }
    }
}
