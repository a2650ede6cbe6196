package dev.sluice.event.setting;

/// One setting that a change has altered.
///
/// @param setting its name
/// @param before  JSON of the value before; empty without one, and of a secret
/// @param after   JSON of the value after; empty without one, and of a secret
/// @param reason  why a key was changed
public record SettingEdit(String setting, String before, String after, EditReason reason) {}
