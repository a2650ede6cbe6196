package dev.sluice.provider.wechat.v2.refund;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import dev.sluice.provider.call.ProviderReply;
import dev.sluice.provider.wechat.v2.message.WechatFailure;

/// `POST /pay/refundquery` of WeChat Pay v2: the refunds of an order, ten at a time.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011939577, 4011985140
final class WechatRefundPages {
    /// "A payment can be refunded in at most 50 parts."
    private static final int MOST_REFUNDS = 50;

    private final WechatRefundCalls calls;
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();

    /// For one question.
    WechatRefundPages(WechatRefundCalls calls) {
        this.calls = calls;
    }

    /// What the pages have.
    sealed interface Content {}

    /// All refunds, each once.
    record Rows(List<WechatRefundRow> all) implements Content {
        Rows(Collection<WechatRefundRow> all) {
            this(List.copyOf(all));
        }
    }

    /// WeChat Pay has no refund of the order.
    record NoRefund(String words) implements Content {}

    /// No answer, or one that is not understood.
    record Failure(String why) implements Content {}

    private record Page(List<WechatRefundRow> rows, int total) {}

    /// Reads the pages.
    ///
    /// @param asked   the field that names the order, the payment or the refund, and its value
    /// @param isAbout whether an answer is about it
    Content read(Map<String, String> asked, Predicate<Map<String, String>> isAbout) {
        Map<String, WechatRefundRow> all = new LinkedHashMap<>();
        int seen = 0;
        while (seen <= MOST_REFUNDS) {
            ProviderReply<Map<String, String>> reply = ask(asked, seen);
            bodies.writeBytes(reply.body());
            if (!(reply instanceof ProviderReply.Signed<Map<String, String>>(var fields, var _))) {
                return new Failure(((ProviderReply.Unknown<Map<String, String>>) reply).why());
            }
            if (!"SUCCESS".equals(fields.get("result_code"))) {
                return end(fields, all, seen);
            }
            if (!isAbout.test(fields)) {
                return new Failure("the answer is about another order");
            }
            try {
                Page page = page(fields);
                for (WechatRefundRow row : page.rows()) {
                    // A refund that is made while the pages are read moves the others on.
                    all.put(row.number().isEmpty() ? Integer.toString(all.size()) : row.number(), row);
                }
                seen += page.rows().size();
                if (page.rows().isEmpty() || seen >= page.total()) {
                    return new Rows(all.values());
                }
            } catch (IllegalArgumentException e) {
                return new Failure(String.valueOf(e.getMessage()));
            }
        }
        return new Failure("more than " + MOST_REFUNDS + " refunds");
    }

    /// The answers as received.
    byte[] bodies() {
        return bodies.toByteArray();
    }

    /// "An offset beyond the last refund is answered PARAM_ERROR."
    private static Content end(Map<String, String> fields, Map<String, WechatRefundRow> all, int seen) {
        return switch (fields.getOrDefault("err_code", "")) {
            case "REFUNDNOTEXIST" -> new NoRefund(WechatFailure.text(fields));
            case "PARAM_ERROR" -> seen > 0 ? new Rows(all.values()) : new Failure(WechatFailure.text(fields));
            default -> new Failure(WechatFailure.text(fields));
        };
    }

    private ProviderReply<Map<String, String>> ask(Map<String, String> asked, int offset) {
        Map<String, String> fields = new HashMap<>(asked);
        if (offset > 0) {
            fields.put("offset", Integer.toString(offset));
        }
        return calls.queryRefunds(fields);
    }

    private static Page page(Map<String, String> fields) {
        int count = Integer.parseInt(fields.getOrDefault("refund_count", ""));
        if (count < 0 || count > MOST_REFUNDS) {
            throw new IllegalArgumentException("refund_count");
        }
        int total = Integer.parseInt(fields.getOrDefault("total_refund_count", Integer.toString(count)));
        return new Page(IntStream.range(0, count).mapToObj(i -> WechatRefundRow.of(fields, i)).toList(), total);
    }
}
