package dev.sluice.event;

/// What a confirmation rests on: the notice as received, kept in `sluice.notifications`.
///
/// @param noticeId   [Notice#id()] of the notice
/// @param bodySha256 SHA-256 of the notice's body, in lower-case hex
public record Evidence(String noticeId, String bodySha256) {}
