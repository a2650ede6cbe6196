package dev.sluice.provider.wechat.v2;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.sluice.provider.wechat.v2.message.WechatSignature;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.WireText;

/// The fields of a request of ours. The signature of version 2 joins fields by `&` and `=`, and the same key signs WeChat Pay's
/// notifications: a value with such a character could be cut into other fields, with the same signature. So it is never signed, in no
/// field; no field of ours needs one.
final class WechatRequest {
    private static final String CUTTING = "&=";

    private final Map<String, String> fields;

    private WechatRequest(Map<String, String> fields) {
        this.fields = fields;
    }

    /// A request that is not sent.
    static final class UnsendableFieldException extends Exception {
        private static final long serialVersionUID = 1;

        UnsendableFieldException(String field) {
            super("not sent: " + field + " has a character that WeChat Pay v2 cannot sign unambiguously");
        }
    }

    /// @throws UnsendableFieldException when a value could be cut into other fields, or has a character that XML has not
    static WechatRequest of(Map<String, String> fields) throws UnsendableFieldException {
        Optional<String> unsendable = new TreeMap<>(fields).entrySet().stream().filter(field -> !isSendable(field.getValue()))
                .map(Map.Entry::getKey).findFirst();
        if (unsendable.isPresent()) {
            throw new UnsendableFieldException(unsendable.get());
        }
        return new WechatRequest(fields);
    }

    private static boolean isSendable(String value) {
        return value.codePoints().allMatch(each -> CUTTING.indexOf(each) < 0 && WireText.isPlain(each));
    }

    /// As XML, signed.
    byte[] signed(WechatSignature signature) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put(WechatSignature.FIELD, signature.sign(fields));
        return WechatXml.write(all);
    }
}
