package dev.sluice.notify;

import org.junit.jupiter.api.Test;

import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.setting.Keyring;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeKeyTest {
    @Test
    void withoutAKeyThereIsNoProbe() {
        PaymentChannel channel = PaymentChannels.installed().find(Providers.WECHAT).orElseThrow();
        var probe = NotificationProbe.of(Providers.WECHAT, channel.notifications(), RunningGateway.PROBE_KEY);

        assertThat(new ProbeKey(Keyring.ofVerifyingKey("").probeKey()).answer(channel, probe.body())).isEmpty();
    }
}
