package dev.sluice.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.node.StringNode;

import dev.sluice.event.value.UserId;
import dev.sluice.log.cluster.KafkaCluster;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.SettingsChange;
import dev.sluice.setting.StoredSetting;

import static org.assertj.core.api.Assertions.assertThat;

/// Another instance of the order API, as far as it writes settings.
final class OtherInstance {
    private OtherInstance() {}

    /// As another instance, a long time ago, would have; and waits until it has been read.
    static void write(RunningApi api, String masterKey, Setting setting, String value) {
        Keyring keyring = Keyring.ofMasterKey(masterKey);
        try (LiveSettings elsewhere = LiveSettings.follow(KafkaCluster.singleNode(api.kafka()), Settings.none(), keyring)) {
            UserId actor = new UserId("1");
            StoredSetting stored = new StoredSetting(Optional.of(StringNode.valueOf(value)), actor, Instant.EPOCH);
            new SettingsChange(elsewhere, keyring, api.log()).append(actor, Instant.EPOCH, Map.of(setting, stored), List.of());
            assertThat(elsewhere.catchUp(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(api.bean(LiveSettings.class).catchUp(Duration.ofSeconds(10))).isTrue();
    }
}
