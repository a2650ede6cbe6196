package dev.sluice.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.github.binarywang.wxpay.exception.WxPayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

class RestartIT {
    private static final String SUCCESS = "<xml><return_code>SUCCESS</return_code></xml>";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void notifiesAgainOfWhatWasNotAcknowledgedAndOnlyThat() throws WxPayException, IOException, InterruptedException {
        try (var merchant = new NotificationReceiver(SUCCESS).firstAnswering("not now")) {
            String code;
            String notified;
            try (var sandbox = sandbox()) {
                code = sandbox.wechatCode("restarted", "AI服务充值", merchant.url());
                assertThat(sandbox.wallet("pay", code).path("status").asString()).isEqualTo("PAID");
                notified = merchant.next().body();
            }
            try (var sandbox = sandbox()) {
                assertThat(transaction(merchant.next().body())).isEqualTo(transaction(notified));
                assertThat(merchant.staysSilentFor(Duration.ofMillis(300))).isTrue();
                await().until(this::isAcknowledgedOnDisk);
                assertThat(sandbox.wallet("pay", code).path("code").asString()).isEqualTo("ALREADY_PAID");
            }
            try (var sandbox = sandbox()) {
                assertThat(merchant.staysSilentFor(Duration.ofMillis(300))).isTrue();
                assertThat(sandbox.wallet("open", code).path("status").asString()).isEqualTo("PAID");
            }
        }
    }

    private boolean isAcknowledgedOnDisk() throws IOException {
        try (var files = Files.list(folder)) {
            return files.allMatch(file -> contentOf(file.toFile()).contains("\"unacknowledged\":{}"));
        }
    }

    private RunningSandbox sandbox() {
        return new RunningSandbox("--sandbox.data=" + folder);
    }

    private static String transaction(String notification) {
        return notification.replaceAll("(?s).*<transaction_id>(.*)</transaction_id>.*", "$1");
    }
}
