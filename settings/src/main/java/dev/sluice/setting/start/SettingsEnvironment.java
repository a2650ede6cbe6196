package dev.sluice.setting.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;

/// The environment variables of the settings, checked before anything is started. All of them may be missing: then operators set
/// everything, or no key.
public final class SettingsEnvironment {
    private SettingsEnvironment() {}

    /// What is wrong, one line for each variable.
    public static List<String> complaints(Map<String, String> environment) {
        return Stream.of(
                complaint(environment, "SLUICE_SETTINGS", value -> Settings.read(Path.of(value))),
                complaint(environment, "SLUICE_MASTER_KEY", Keyring::ofMasterKey),
                complaint(environment, "SLUICE_VERIFYING_KEY", Keyring::ofVerifyingKey),
                complaint(environment, "SLUICE_GATEWAY_HOSTS", SettingsEnvironment::gatewayHosts)).flatMap(Optional::stream).toList();
    }

    /// The hosts that the environment allows beside the providers' own.
    ///
    /// @param list the value of `SLUICE_GATEWAY_HOSTS`
    /// @throws BadSettingException when it is no list of hosts
    public static GatewayHosts gatewayHosts(String list) {
        return GatewayHosts.of(list).orElseThrow(() -> new BadSettingException(
                "SLUICE_GATEWAY_HOSTS must be hosts separated by commas, without scheme and port, for example 127.0.0.1,sandbox.example"));
    }

    private interface Check {
        Object of(String value);
    }

    private static Optional<String> complaint(Map<String, String> environment, String variable, Check check) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            return Optional.empty();
        }
        try {
            check.of(value);
            return Optional.empty();
        } catch (BadSettingException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
