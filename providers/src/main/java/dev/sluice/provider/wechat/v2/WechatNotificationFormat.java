package dev.sluice.provider.wechat.v2;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.MalformedMessageException;

/// Notifications and replies in the XML of version 2. The HTTP status of a reply is always 200.
final class WechatNotificationFormat implements NotificationFormat {
    static final NotificationReply SUCCESS = reply("SUCCESS", "OK");
    static final NotificationReply FAILURE = reply("FAIL", "NOT ACCEPTED");

    private static final String CONTENT_TYPE = "text/xml";
    private static final Pattern CLAIM = Pattern.compile("<out_trade_no>\\s*(?:<!\\[CDATA\\[)?([0-9A-Za-z_|*@-]{1,64})");

    private static NotificationReply reply(String code, String message) {
        return new NotificationReply(200, CONTENT_TYPE,
                "<xml><return_code><![CDATA[%s]]></return_code><return_msg><![CDATA[%s]]></return_msg></xml>".formatted(code, message));
    }

    @Override
    public Optional<String> claimedTradeNumber(byte[] body) {
        Matcher claim = CLAIM.matcher(new String(body, StandardCharsets.UTF_8));
        return claim.find() ? Optional.of(claim.group(1)) : Optional.empty();
    }

    /// Its number is encrypted, and not needed: WeChat Pay lists the refunds of an order.
    @Override
    public Optional<String> refund(byte[] verified) {
        try {
            return WechatRefundNotification.isOne(WechatXml.parse(verified))
                    ? Optional.of(WechatRefundNotification.FIELD)
                    : Optional.empty();
        } catch (MalformedMessageException e) {
            // It was read when it was verified. What is kept may be a part of it.
            return Optional.empty();
        }
    }

    @Override
    public NotificationReply failure() {
        return FAILURE;
    }

    @Override
    public Set<String> signedHeaders() {
        return Set.of("content-type");
    }

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public String probeUpToNonce() {
        return "<xml><attach><![CDATA[充值 <测试> & \"+%2B' 完 ]]></attach>\n<nonce_str><![CDATA[";
    }

    @Override
    public String probeAfterNonce(String sign) {
        return "]]></nonce_str>\n<return_code><![CDATA[PROBE]]></return_code>\n<sign><![CDATA[" + sign + "]]></sign>\n</xml>\n";
    }
}
