package dev.sluice.sandbox.wechat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.trade.Code;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes the answers of `unifiedorder`, signed the way the request was. Answers of the transport (`return_code` FAIL) carry no signature.
@Component
final class WechatAnswers {
    private static final String SUCCESS = "SUCCESS";
    private static final String FAIL = "FAIL";

    private final SandboxProperties.Wechat merchant;
    private final Nonces nonces;

    WechatAnswers(SandboxProperties properties, Nonces nonces) {
        merchant = properties.wechat();
        this.nonces = nonces;
    }

    String accepted(Map<String, String> request, Code code) {
        Map<String, String> answer = begin(request);
        answer.put("result_code", SUCCESS);
        answer.put("trade_type", "NATIVE");
        answer.put("prepay_id", prepayId(code));
        answer.put("code_url", code.text());
        return signed(request, answer);
    }

    String refused(Map<String, String> request, WechatRefusal refusal) {
        Map<String, String> answer = begin(request);
        answer.put("result_code", FAIL);
        answer.put("err_code", refusal.error().name());
        answer.put("err_code_des", refusal.words());
        return signed(request, answer);
    }

    /// The code is a courtesy: the real answer often has the words alone.
    String failed(WechatRefusal refusal) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("return_code", FAIL);
        answer.put("return_msg", refusal.words());
        answer.put("err_code", refusal.error().name());
        return WechatXml.write(answer);
    }

    private Map<String, String> begin(Map<String, String> request) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("return_code", SUCCESS);
        answer.put("return_msg", "OK");
        answer.put("appid", merchant.appId());
        answer.put("mch_id", merchant.mchId());
        String device = request.getOrDefault("device_info", "");
        if (!device.isEmpty()) {
            answer.put("device_info", device);
        }
        answer.put("nonce_str", nonces.next());
        return answer;
    }

    private String signed(Map<String, String> request, Map<String, String> answer) {
        SignType type = SignType.of(request).orElseThrow();
        answer.put("sign", type.sign(answer, merchant.apiKey()));
        return WechatXml.write(answer);
    }

    /// Made from the code, so that an order asked for twice has one prepay id.
    private static String prepayId(Code code) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.text().getBytes(UTF_8));
            return "wx" + BeijingTime.COMPACT.write(code.issuedAt()) + HexFormat.of().formatHex(hash, 0, 10);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JVM cannot compute SHA-256", missing);
        }
    }
}
