package dev.sluice.event.setting;

import java.time.Instant;

import dev.sluice.event.value.UserId;

/// The new value of a setting, in the compacted topic `sluice.settings`: the last record of each name counts.
///
/// @param setting its name
/// @param secrecy who may read it; anything but [Secrecy#OPEN] is sealed
/// @param value   JSON; sealed and in Base64 when it is secret; empty when the setting returns to its default
/// @param actor   the operator's user id
/// @param at      when it was set
public record SettingValue(String setting, Secrecy secrecy, String value, UserId actor, Instant at) {}
