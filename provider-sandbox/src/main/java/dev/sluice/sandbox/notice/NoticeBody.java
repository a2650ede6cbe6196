package dev.sluice.sandbox.notice;

/// What is posted to the merchant, in UTF-8.
public record NoticeBody(String contentType, String text) {}
