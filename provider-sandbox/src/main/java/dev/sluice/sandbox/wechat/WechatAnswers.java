package dev.sluice.sandbox.wechat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.BeijingTime;
import dev.sluice.sandbox.SandboxProperties;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Code;
import dev.sluice.sandbox.trade.Trade;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes answers, signed the way the request was. Those of the transport (`return_code` FAIL) carry no signature.
@Component
final class WechatAnswers {
    private static final String SUCCESS = "SUCCESS";
    private static final String FAIL = "FAIL";

    private final SandboxProperties.Wechat merchant;
    private final Nonces nonces;
    private final FaultInjection faults;

    WechatAnswers(SandboxProperties properties, Nonces nonces, FaultInjection faults) {
        merchant = properties.wechat();
        this.nonces = nonces;
        this.faults = faults;
    }

    WechatReply accepted(Map<String, String> request, Code code) {
        Map<String, String> answer = begin(request);
        answer.put("result_code", SUCCESS);
        answer.put("trade_type", "NATIVE");
        answer.put("prepay_id", prepayId(code));
        answer.put("code_url", code.text());
        return signed(request, answer);
    }

    /// Where the trade stands. Of one that is not paid, only its number is said besides.
    WechatReply described(Map<String, String> request, Trade trade) {
        Map<String, String> answer = begin(request);
        answer.put("result_code", SUCCESS);
        answer.put("out_trade_no", trade.number());
        switch (trade.status()) {
            case PAID -> {
                answer.put("trade_state", SUCCESS);
                answer.put("trade_state_desc", "支付成功");
                PaidOrder.describe(trade, answer);
            }
            case UNPAID -> {
                answer.put("trade_state", "NOTPAY");
                answer.put("trade_state_desc", "订单未支付");
            }
            case CLOSED -> {
                answer.put("trade_state", "CLOSED");
                answer.put("trade_state_desc", "订单已关闭");
            }
        }
        return signed(request, answer);
    }

    WechatReply closed(Map<String, String> request) {
        Map<String, String> answer = begin(request);
        answer.put("result_code", SUCCESS);
        answer.put("result_msg", "OK");
        return signed(request, answer);
    }

    /// Signed or not, as the error wants it. The code of an unsigned one is a courtesy: the real answer often has the words alone.
    WechatReply refused(Map<String, String> request, WechatRefusal refusal) {
        if (refusal.error().signed()) {
            Map<String, String> answer = begin(request);
            answer.put("result_code", FAIL);
            answer.put("err_code", refusal.error().name());
            answer.put("err_code_des", refusal.words());
            return signed(request, answer);
        }
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("return_code", FAIL);
        answer.put("return_msg", refusal.words());
        answer.put("err_code", refusal.error().name());
        return new WechatReply(number(request, answer), WechatXml.write(answer));
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

    private WechatReply signed(Map<String, String> request, Map<String, String> answer) {
        SignType type = SignType.of(request).orElseThrow();
        String number = number(request, answer);
        boolean wrongly = faults.has(number, Fault.WRONGLY_SIGNED_RESPONSES);
        answer.put("sign", type.sign(answer, wrongly ? Forger.KEY : merchant.apiKey()));
        return new WechatReply(number, WechatXml.write(answer));
    }

    /// A query may name the transaction alone, then the answer says which order it belongs to.
    private static String number(Map<String, String> request, Map<String, String> answer) {
        return answer.getOrDefault("out_trade_no", request.getOrDefault("out_trade_no", ""));
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
