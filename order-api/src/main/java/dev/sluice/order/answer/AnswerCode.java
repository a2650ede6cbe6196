package dev.sluice.order.answer;

import java.util.Locale;

import org.springframework.http.HttpStatus;

import dev.sluice.setting.Language;

/// Everything that is said to a caller when it is not the answer: a stable code, a status, and the words in Chinese and English.
///
/// Refusals of the trade are HTTP 200, as the front ends that this API replaces a server for expect them.
public enum AnswerCode {
    AMOUNT_BELOW_MINIMUM(HttpStatus.OK, "充值数量不能小于 %d", "The amount must be at least %d"),
    AMOUNT_TOO_LARGE(HttpStatus.OK, "充值数量过大", "The amount is too large"),
    PRICE_TOO_LOW(HttpStatus.OK, "充值金额过低", "The price is below one fen"),
    METHOD_UNKNOWN(HttpStatus.OK, "不支持的支付渠道", "This payment method is not supported"),
    WECHAT_NOT_OFFERED(HttpStatus.OK, "管理员未开启微信支付！", "WeChat Pay is not switched on"),
    ALIPAY_NOT_OFFERED(HttpStatus.OK, "管理员未开启支付宝支付！", "Alipay is not switched on"),
    PROVIDER_REFUSED(HttpStatus.OK, "拉起支付失败", "The payment provider refused the order"),
    ORDER_ENDED(HttpStatus.OK, "订单已结束，请重新下单", "This order has ended; please place a new one"),
    CHECK_NOT_NEEDED(HttpStatus.OK, "订单已入账，无需查询", "The order is credited already; there is nothing to ask"),
    ACCOUNT_NOT_SET_UP(HttpStatus.OK, "订单的收款账户 %s / %s 未配置，无法向支付渠道查询",
            "The order's account %s / %s is not set up; its provider cannot be asked"),
    OPTION_CHECKED(HttpStatus.OK, "以上由联机检查得出；确认无误时可加 ?unchecked=true 跳过。",
            "This was found by live checks; if you know better, ?unchecked=true leaves them out."),
    CANCEL_NOT_POSSIBLE(HttpStatus.OK, "订单状态为 %s，无法取消", "The order cannot be cancelled: it is %s"),
    HOLD_AMBIGUOUS(HttpStatus.OK, "有 %d 笔挂起的付款，请用 transaction_id 指明是哪一笔",
            "There are %d held payments: say by transaction_id which one is meant"),
    CREDIT_NEEDS_USER_AND_QUOTA(HttpStatus.OK, "无法由订单得出，请指明 user_id 和 quota", "The order does not tell: say user_id and quota"),
    QUOTA_ABOVE_PAYMENT(HttpStatus.OK, "该付款最多可入账 %d 额度", "The payment buys at most %d quota"),
    STORY_NEW(HttpStatus.OK, "%s 元：订单已记录，尚未取得支付码，未收到款项", "%s yuan: the order is written down, no code was made yet, no money is known"),
    STORY_AWAITING_PAYMENT(HttpStatus.OK, "%s 元：支付码已发出，尚未收到款项", "%s yuan: the code is out, no money is known yet"),
    STORY_PAID(HttpStatus.OK, "%s 元：支付渠道已确认收款，额度正在入账", "%s yuan: the provider has the money, the quota is on its way"),
    STORY_CREDITED(HttpStatus.OK, "%s 元：已入账 %d 额度给用户 %s", "%s yuan: became %d quota of user %s"),
    STORY_CREDITED_LATE(HttpStatus.OK, "%s 元：订单关闭后到账，已入账 %d 额度给用户 %s",
            "%s yuan: came after the order was closed, became %d quota of user %s"),
    STORY_HELD(HttpStatus.OK, "%s 元的订单：款项已到账但未入账，需人工处理",
            "Order of %s yuan: money arrived and is held for a person to decide"),
    STORY_ORDER(HttpStatus.OK, "%s 元的订单", "Order of %s yuan"),
    STORY_PAYMENT_HELD(HttpStatus.OK, "付款 %s（%s）已到账但未入账，需人工处理，原因 %s",
            "payment %s of %s arrived and is held for a person to decide, because of %s"),
    STORY_PAYMENT_RELEASING(HttpStatus.OK, "付款 %s（%s）已由操作员 %s 放行，%d 额度正在入账给用户 %s",
            "payment %s of %s was released by operator %s: %d quota is on its way to user %s"),
    STORY_PAYMENT_RELEASED(HttpStatus.OK, "付款 %s（%s）已由操作员 %s 放行，已入账 %d 额度给用户 %s",
            "payment %s of %s was released by operator %s: became %d quota of user %s"),
    STORY_PAYMENT_TO_REFUND(HttpStatus.OK, "付款 %s（%s）未入账，已由操作员 %s 标记为待退款",
            "payment %s of %s is held, and marked for refund by operator %s"),
    STORY_JOIN(HttpStatus.OK, "；", "; "),
    STORY_CANCELLED(HttpStatus.OK, "%s 元：订单已由操作员 %s 取消，未收到款项", "%s yuan: the order was cancelled by operator %s, no money came"),
    STORY_CLOSED(HttpStatus.OK, "%s 元：订单已关闭，未收到款项", "%s yuan: the order is closed, no money came"),
    STORY_UNKNOWN(HttpStatus.OK, "并非本系统的订单号：如有款项，已挂起待人工处理",
            "We never issued this number: money for it, if any, is held for a person to decide"),
    STORY_FOREIGN(HttpStatus.OK, "并非本系统的订单号", "We never issued this number"),
    MALFORMED(HttpStatus.BAD_REQUEST, "参数错误：%s", "Bad request: %s"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "未登录或登录已过期", "You are not signed in, or no longer"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "无权进行此操作", "You may not do this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "不存在", "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "请求方法不支持", "This HTTP method is not supported here"),
    IDEMPOTENCY_CONFLICT(HttpStatus.CONFLICT, "该 Idempotency-Key 已用于另一请求", "This Idempotency-Key was used for another request"),
    HOLD_RESOLVED(HttpStatus.CONFLICT, "操作员 %s 已对该付款作出处理：%s", "Operator %s has decided about this payment: %s"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "请求内容过大", "The request is too large"),
    MEDIA_TYPE_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "请求内容须为 application/json", "The request must be application/json"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "请求过于频繁，请稍后再试", "Too many requests; please try again later"),
    TOO_MANY_FROM_ADDRESS(HttpStatus.TOO_MANY_REQUESTS, "您所在网络的请求过多，请稍后再试",
            "Too many requests from your network; please try again later"),
    TOO_MANY_ORDERS(HttpStatus.TOO_MANY_REQUESTS, "下单过于频繁，请稍后再试", "Too many orders; please try again later"),
    TOO_MANY_UNPAID(HttpStatus.TOO_MANY_REQUESTS, "未支付订单过多，请先支付或等待其过期", "Too many unpaid orders; pay one or wait until it expires"),
    TOO_MUCH_TODAY(HttpStatus.TOO_MANY_REQUESTS, "超出每日充值上限 %s 元，今日还可充值 %s 元", "At most %s yuan a day; today %s yuan are left"),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "连接过多，请稍后再试", "Too many open connections; please try again later"),
    PROVIDER_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "支付渠道繁忙，请稍后重试", "The payment provider did not answer; please try again"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "系统繁忙，请稍后重试", "The service is busy; please try again"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "系统错误", "Something went wrong on our side");

    private final HttpStatus status;
    private final String chinese;
    private final String english;

    AnswerCode(HttpStatus status, String chinese, String english) {
        this.status = status;
        this.chinese = chinese;
        this.english = english;
    }

    public HttpStatus status() {
        return status;
    }

    /// Chinese unless the caller would rather have English.
    public String text(Locale locale, Object... arguments) {
        return String.format(Locale.ROOT, Language.of(locale).either(chinese, english), arguments);
    }
}
