package dev.sluice.setting;

import java.util.List;

/// Brings settings of its own. It is found by its line in `META-INF/services/dev.sluice.setting.SettingsOwner`.
public interface SettingsOwner {
    /// The settings, in the order in which operators see them. What a verifying key was before its last change comes by itself.
    List<Setting> ownSettings();
}
