package dev.sluice.sandbox.wechat;

import java.util.Map;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.bill.WechatBill;

/// WeChat Pay's bills. A bill is neither XML nor signed.
@RestController
record WechatBillController(WechatMerchant merchant, WechatBill bill) {
    @PostMapping("/pay/downloadbill")
    ResponseEntity<byte[]> download(ServerHttpRequest request) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(answer(RawBody.read(request)));
    }

    private byte[] answer(byte[] body) {
        return switch (WechatXml.read(body)) {
            case WechatXml.NotUtf8(),WechatXml.Malformed() -> WechatBill.refusal("20001", "data format error");
            case WechatXml.Fields(Map<String, String> fields) -> merchant.stranger(fields).isPresent()
                    ? WechatBill.refusal("20001", "SIGN ERROR")
                    : bill.answer(fields);
        };
    }
}
