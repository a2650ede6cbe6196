package dev.sluice.provider.wechat.v2;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.provider.wire.JoinedFields;

/// The operations of version 2 share one key, and their messages do not name their operation. So a message is taken for what it is asked to
/// be only when it has no field of another one: a captured request or answer is no notification, and an answer to a query closes nothing.
enum WechatOperation {
    NOTIFICATION("", Set.of("spbill_create_ip", "notify_url", "product_id", "time_expire", "trade_state", "trade_state_desc", "prepay_id",
            "code_url", "refund_id", "out_refund_no")),
    UNIFIED_ORDER("/pay/unifiedorder",
            Set.of("spbill_create_ip", "notify_url", "product_id", "trade_state", "trade_state_desc", "transaction_id", "time_end")),
    QUERY("/pay/orderquery", Set.of("spbill_create_ip", "notify_url", "product_id", "prepay_id", "code_url")),
    CLOSE("/pay/closeorder",
            Set.of("spbill_create_ip", "notify_url", "product_id", "trade_state", "trade_state_desc", "transaction_id", "time_end",
                    "prepay_id", "code_url", "total_fee", "cash_fee", "bank_type", "openid", "refund_count")),
    /// By the client certificate. An answer to a query numbers the refunds; this one has no number.
    REFUND("/secapi/pay/refund",
            Set.of("spbill_create_ip", "notify_url", "product_id", "trade_state", "trade_state_desc", "time_end", "prepay_id", "code_url",
                    "refund_count", "refund_desc")),
    REFUND_QUERY("/pay/refundquery", Set.of("spbill_create_ip", "notify_url", "product_id", "prepay_id", "code_url", "trade_state")),
    /// Its answer has no signature, so no field of it is compared.
    BILL("/pay/downloadbill", Set.of());

    /// The fields that this app reads.
    private static final Set<String> READ = Set.of("return_code", "result_code", "err_code", "appid", "mch_id", "out_trade_no",
            "transaction_id", "total_fee", "fee_type", "time_end", "trade_type", "trade_state", "code_url", "prepay_id", "req_info",
            "out_refund_no", "refund_id", "refund_fee", "sign");
    /// Those of an order's refunds, with their numbers.
    private static final Pattern READ_OF_REFUNDS = Pattern
            .compile("(?:total_)?refund_count|(?:out_refund_no|refund_id|refund_fee|settlement_refund_fee|refund_status)_\\d+");

    private final String path;
    // Made by Set.of.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> foreign;

    WechatOperation(String path, Set<String> foreign) {
        this.path = path;
        this.foreign = foreign;
    }

    /// Below the gateway's address; empty for what WeChat Pay sends by itself.
    String path() {
        return path;
    }

    /// A field that only another operation's messages have, when there is one.
    Optional<String> foreignField(Map<String, String> fields) {
        return fields.keySet().stream().filter(foreign::contains).sorted().findFirst();
    }

    /// A name that counts and was merged into the value of another field, so that the signed text can be read in two ways.
    static Optional<String> hiddenField(Map<String, String> fields) {
        return JoinedFields.hiddenName(fields, WechatOperation::counts);
    }

    private static boolean counts(String name) {
        return READ.contains(name) || READ_OF_REFUNDS.matcher(name).matches()
                || Stream.of(values()).anyMatch(operation -> operation.foreign.contains(name));
    }
}
