package dev.sluice.provider.notification;

/// What a provider is answered: that its notification is recorded, or anything else, which makes it repeat the notification.
///
/// @param status      of HTTP
/// @param contentType of the body
/// @param body        the exact body
public record NotificationReply(int status, String contentType, String body) {}
