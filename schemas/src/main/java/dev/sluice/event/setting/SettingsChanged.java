package dev.sluice.event.setting;

import java.time.Instant;
import java.util.List;

import dev.sluice.event.value.UserId;

/// An operator changed settings: who, when and which, never to what. It lies in `sluice.settings` beside the values, each under a key
/// of its own, so compaction keeps all of them.
///
/// @param id       distinguishes it from others
/// @param actor    the operator's user id
/// @param at       when
/// @param settings their names
public record SettingsChanged(String id, UserId actor, Instant at, List<String> settings) {}
