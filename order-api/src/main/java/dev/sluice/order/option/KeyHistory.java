package dev.sluice.order.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.EditReason;
import dev.sluice.event.setting.Secrecy;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.StoredSetting;

/// Which replaced keys are still believed. Only one that is replaced in the ordinary course, and that the provider itself has confirmed for
/// the account of today: else an operator could have notifications of their own making believed, by setting a key of their own for a moment.
///
/// A key of the settings file counts as confirmed. Who can write that file can do anything.
@Component
class KeyHistory {
    private final LiveSettings live;
    private final PaymentChannels channels;

    KeyHistory(LiveSettings live, PaymentChannels channels) {
        this.live = live;
        this.channels = channels;
    }

    /// What is to be set beside the change, so that the keys that it replaces are believed for a while, or no longer.
    ///
    /// @param changed   what the operator sets
    /// @param candidate the settings as they will be
    Map<Setting, StoredSetting> kept(Map<Setting, StoredSetting> changed, Settings candidate, EditReason reason) {
        Map<Setting, StoredSetting> all = new LinkedHashMap<>();
        changed.forEach((key, value) -> key.previous().filter(previous -> !isEnded(changed, previous)).ifPresent(previous -> {
            Optional<JsonNode> old = live.current().json(key).filter(node -> !node.stringValue().isBlank());
            if (reason == EditReason.LEAKED) {
                all.put(previous, new StoredSetting(Optional.empty(), value.actor(), value.at()));
            } else if (!old.equals(candidate.json(key))) {
                old.filter(_ -> isConfirmed(key, candidate)).ifPresent(replaced -> all.put(previous,
                        new StoredSetting(Optional.of(replaced), value.actor(), value.at())));
            }
        }));
        // One whose time is over goes with the next change.
        live.stored().forEach((setting, stored) -> changed.values().stream().findFirst()
                .filter(change -> stored.value().isPresent() && stored.isExpired(setting, change.at())).ifPresent(change -> all.putIfAbsent(
                        setting, new StoredSetting(Optional.empty(), change.actor(), change.at()))));
        changed.values().stream().findFirst().ifPresent(change -> outlived(all.keySet(), candidate)
                .forEach(previous -> all.put(previous, new StoredSetting(Optional.empty(), change.actor(), change.at()))));
        return all;
    }

    /// The previous keys of accounts that are changed: they were confirmed for the account of before, and prove nothing for another one.
    ///
    /// @param kept those that the change would keep
    private List<Setting> outlived(Set<Setting> kept, Settings candidate) {
        Set<Setting> stored = live.stored().keySet();
        return channels.all().stream().filter(channel -> !account(channel, live.current()).equals(account(channel, candidate)))
                .flatMap(channel -> channel.settings().required().stream())
                .flatMap(key -> key.previous().stream())
                .filter(previous -> kept.contains(previous) || stored.contains(previous))
                .toList();
    }

    private static boolean isEnded(Map<Setting, StoredSetting> changed, Setting previous) {
        return changed.containsKey(previous);
    }

    private boolean isConfirmed(Setting key, Settings candidate) {
        StoredSetting stored = live.stored().get(key);
        if (stored == null || stored.value().isEmpty()) {
            return true;
        }
        return channels.all().stream().filter(channel -> channel.settings().required().contains(key))
                .anyMatch(channel -> !stored.provenBy().isEmpty() && stored.provenBy().equals(account(channel, candidate)));
    }

    /// The change with what the provider's answers have proven: all keys of the accounts that it confirmed.
    ///
    /// @param confirmed whether the provider has confirmed the account of the settings as they will be
    Map<Setting, StoredSetting> proven(Map<Setting, StoredSetting> changed, Settings candidate,
            Predicate<PaymentChannel> confirmed) {
        Map<Setting, StoredSetting> all = new LinkedHashMap<>(changed);
        Map<Setting, StoredSetting> stored = live.stored();
        channels.all().stream().filter(confirmed).forEach(channel -> channel.settings().required().stream()
                .filter(setting -> setting.secrecy() == Secrecy.VERIFYING).forEach(key -> {
                    StoredSetting value = all.getOrDefault(key, stored.get(key));
                    if (value != null && value.value().isPresent()) {
                        all.put(key, new StoredSetting(value.value(), value.actor(), value.at(), account(channel, candidate)));
                    }
                }));
        return all;
    }

    /// The account without its keys: a key that was confirmed for another one proves nothing.
    private static String account(PaymentChannel channel, Settings settings) {
        return channel.settings().required().stream().filter(setting -> setting.secrecy() == Secrecy.OPEN)
                .map(setting -> setting.label() + "=" + settings.json(setting).orElse(StringNode.valueOf("")).asString(""))
                .collect(Collectors.joining(" "));
    }
}
