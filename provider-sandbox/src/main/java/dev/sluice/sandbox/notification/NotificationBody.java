package dev.sluice.sandbox.notification;

/// What is posted to the merchant, in UTF-8.
public record NotificationBody(String contentType, String text) {}
