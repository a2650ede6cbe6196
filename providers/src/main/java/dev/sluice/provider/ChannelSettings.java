package dev.sluice.provider;

import java.util.List;
import java.util.stream.Stream;

import dev.sluice.setting.Setting;

/// The settings of one provider, by what they mean to the apps.
///
/// @param offered      whether new orders are taken
/// @param minimumTopUp the smallest amount, in units
/// @param gatewayUrl   where the provider is
/// @param required     what an account needs
/// @param optional     what an account may have besides
public record ChannelSettings(Setting offered, Setting minimumTopUp, Setting gatewayUrl, List<Setting> required, List<Setting> optional) {
    /// All of them.
    public List<Setting> all() {
        return Stream.concat(Stream.of(offered, minimumTopUp), account()).toList();
    }

    /// Those that decide what the provider answers.
    public Stream<Setting> account() {
        return Stream.of(required.stream(), optional.stream(), Stream.of(gatewayUrl)).flatMap(each -> each);
    }
}
