package dev.sluice.provider;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Money;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.setting.Settings;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class MeteredConnectionTest {
    @Test
    void timesEachCallByProviderQuestionAndOutcome() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var gateway = new FakeGateway(_ -> "no answer of WeChat Pay"); var metered = metered(gateway.uri(), meters)) {
            TradeNumber number = TradeNumber.next();

            metered.qr().create(Orders.anyOrder());
            metered.query().query(number);
            metered.query().query(number);
            metered.closing().close(number);
            metered.refunds().query(number, Money.ofFen(1), List.of());
            metered.refunding().progress(Orders.anyRefund());
        }

        assertThat(calls(meters, "create")).isEqualTo(1);
        assertThat(calls(meters, "query")).isEqualTo(2);
        assertThat(calls(meters, "close")).isEqualTo(1);
        assertThat(calls(meters, "refunds")).isEqualTo(1);
        assertThat(calls(meters, "refund_progress")).isEqualTo(1);
    }

    private static ProviderConnection metered(URI gateway, SimpleMeterRegistry meters) {
        Settings settings = Settings.of(JsonMapper.shared().createObjectNode().put("WechatAppId", "wx0000000000000001")
                .put("WechatMchId", "1900000001").put("WechatApiV2Key", "192006250b4c09247ec02edce69f6a2d")
                .put("WechatGatewayUrl", gateway.toString()));
        ProviderConnection open = PaymentChannels.installed().find(Providers.WECHAT).flatMap(channel -> channel.speaking(settings))
                .orElseThrow();
        return new MeteredConnection(open, Providers.WECHAT, meters, Clock.systemUTC());
    }

    private static long calls(SimpleMeterRegistry meters, String question) {
        return meters.timer("sluice.provider.calls", "provider", "wechat", "question", question, "outcome", "unknown").count();
    }
}
