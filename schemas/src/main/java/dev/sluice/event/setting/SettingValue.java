package dev.sluice.event.setting;

import java.time.Instant;

import dev.sluice.event.value.UserId;

/// What an operator has set one setting to, within the change that carries it.
///
/// @param setting  its name
/// @param secrecy  who may read it; anything but [Secrecy#OPEN] is sealed
/// @param value    JSON; sealed and in Base64 when it is secret; empty when the setting returns to its default
/// @param actor    the operator's user id
/// @param at       when it was set
/// @param provenBy of a key: the account for which the provider has confirmed it; else empty
public record SettingValue(String setting, Secrecy secrecy, String value, UserId actor, Instant at, String provenBy) {}
