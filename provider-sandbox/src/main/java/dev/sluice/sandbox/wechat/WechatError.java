package dev.sluice.sandbox.wechat;

import java.util.LinkedHashMap;
import java.util.Map;

/// The documented error codes that this sandbox responds with, and their descriptions.
enum WechatError {
    REQUIRE_POST_METHOD("请使用post方法", false),
    POST_DATA_EMPTY("post数据为空", false),
    NOT_UTF8("编码格式错误", false),
    XML_FORMAT_ERROR("XML格式错误", false),
    LACK_PARAMS("缺少参数", false),
    APPID_NOT_EXIST("APPID不存在", false),
    MCHID_NOT_EXIST("MCHID不存在", false),
    APPID_MCHID_NOT_MATCH("appid和mch_id不匹配", false),
    SIGNERROR("签名错误", false),
    INVALID_REQUEST("参数错误", true),
    PARAM_ERROR("time_expire时间过短，刷卡至少1分钟，其他5分钟", true),
    NOAUTH("商户无此接口权限", true),
    ORDERPAID("商户订单已支付", true),
    ORDERCLOSED("订单已关闭", true),
    ORDERNOTEXIST("此交易订单号不存在", true),
    ORDER_NOT_READY("订单处理中", true),
    REFUNDNOTEXIST("退款订单查询失败", true),
    REFUND_FEE_MISMATCH("订单金额或退款金额与之前请求不一致，请核实后再试", true),
    INVALID_REQ_TOO_MUCH("无效请求过多", true),
    INVALID_TRANSACTIONID("无效transaction_id", true),
    NOTENOUGH("基本账户余额不足，请充值后重新发起", true),
    TRADE_STATE_ERROR("订单状态错误", true),
    SYSTEMERROR("系统错误", true);

    private final String description;
    private final boolean signed;

    /// @param signed whether the response is a signed business refusal (`result_code`), not an unsigned one of the transport
    WechatError(String description, boolean signed) {
        this.description = description;
        this.signed = signed;
    }

    WechatResult refusal() {
        return refused(description);
    }

    WechatResult because(String detail) {
        return refused(description + ": " + detail);
    }

    private WechatResult refused(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(signed ? "result_code" : "return_code", "FAIL");
        // Of the transport a courtesy: the real response often has the description alone.
        fields.put("err_code", name());
        fields.put(signed ? "err_code_des" : "return_msg", text);
        return new WechatResult(signed, fields);
    }
}
