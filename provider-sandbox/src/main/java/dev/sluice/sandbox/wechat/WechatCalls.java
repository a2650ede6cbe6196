package dev.sluice.sandbox.wechat;

import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes calls, from the bytes of the request on. Nothing is done for anybody but the merchant.
@Component
final class WechatCalls {
    private static final Logger LOG = LoggerFactory.getLogger(WechatCalls.class);

    private final MerchantCheck merchant;
    private final WechatAnswers answers;

    WechatCalls(MerchantCheck merchant, WechatAnswers answers) {
        this.merchant = merchant;
        this.answers = answers;
    }

    WechatReply take(byte[] body, WechatOperation operation) {
        if (body.length == 0) {
            return refuse(Map.of(), WechatError.POST_DATA_EMPTY.plainly());
        }
        return switch (WechatXml.read(body)) {
            case XmlReading.NotUtf8() -> refuse(Map.of(), WechatError.NOT_UTF8.plainly());
            case XmlReading.Malformed() -> refuse(Map.of(), WechatError.XML_FORMAT_ERROR.plainly());
            case XmlReading.Fields(var fields) -> {
                Optional<WechatRefusal> stranger = merchant.refusal(fields);
                yield stranger.isPresent() ? refuse(fields, stranger.get()) : operation.answer(fields);
            }
        };
    }

    WechatReply refuseMethod() {
        return refuse(Map.of(), WechatError.REQUIRE_POST_METHOD.plainly());
    }

    private WechatReply refuse(Map<String, String> fields, WechatRefusal refusal) {
        LOG.info("- wechat call refused: {}", refusal.error());
        return answers.refused(fields, refusal);
    }
}
