package dev.sluice.provider;

import dev.sluice.event.value.Provider;

/// The words that providers want to hear, with HTTP status 200. Anything else than success makes them tell again.
///
/// @param contentType of the body
/// @param body        the exact body
public record NotificationReply(String contentType, String body) {
    private static final String WECHAT = "<xml><return_code><![CDATA[%s]]></return_code><return_msg><![CDATA[%s]]></return_msg></xml>";

    /// It is recorded; do not tell again.
    public static NotificationReply success(Provider provider) {
        return switch (provider.code()) {
            case "wechat" -> new NotificationReply("text/xml", WECHAT.formatted("SUCCESS", "OK"));
            default -> new NotificationReply("text/plain", "success");
        };
    }

    /// It is not recorded, or not believed; tell again if you are the provider.
    public static NotificationReply failure(Provider provider) {
        return switch (provider.code()) {
            case "wechat" -> new NotificationReply("text/xml", WECHAT.formatted("FAIL", "NOT ACCEPTED"));
            default -> new NotificationReply("text/plain", "fail");
        };
    }
}
