package dev.sluice.sandbox.wechat;

import java.util.Map;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.RawBody;
import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.fault.FaultyResponses;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The API of WeChat Pay v2. Responses are signed the way the request is; those of the transport (`return_code` FAIL) are not signed.
@RestController
record WechatController(WechatMerchant merchant, WechatOrders orders, FaultInjection injection, FaultyResponses responses) {
    /// Signs wrongly: any key but the merchant's.
    private static final String FORGED_KEY = "forger0forger0forger0forger0forg";

    private static final Logger LOG = LoggerFactory.getLogger(WechatController.class);
    private static final MediaType XML = new MediaType("text", "xml", UTF_8);

    @RequestMapping("/pay/unifiedorder")
    ResponseEntity<byte[]> order(ServerHttpRequest request) {
        return respond(request, orders::place);
    }

    @RequestMapping("/pay/orderquery")
    ResponseEntity<byte[]> query(ServerHttpRequest request) {
        return respond(request, orders::query);
    }

    @RequestMapping("/pay/closeorder")
    ResponseEntity<byte[]> close(ServerHttpRequest request) {
        return respond(request, orders::close);
    }

    private ResponseEntity<byte[]> respond(ServerHttpRequest request, Function<Map<String, String>, WechatResult> operation) {
        Response response = request.getMethod().equals(HttpMethod.POST)
                ? take(RawBody.read(request), operation)
                : write(Map.of(), WechatError.REQUIRE_POST_METHOD.refusal());
        return responses.respond(response.number, XML, response.xml);
    }

    /// Takes a call as the bytes of its body. The operation is called for the merchant only.
    Response take(byte[] body, Function<Map<String, String>, WechatResult> operation) {
        if (body.length == 0) {
            return write(Map.of(), WechatError.POST_DATA_EMPTY.refusal());
        }
        return switch (WechatXml.read(body)) {
            case WechatXml.NotUtf8() -> write(Map.of(), WechatError.NOT_UTF8.refusal());
            case WechatXml.Malformed() -> write(Map.of(), WechatError.XML_FORMAT_ERROR.refusal());
            case WechatXml.Fields(var fields) -> write(fields, merchant.stranger(fields).orElseGet(() -> operation.apply(fields)));
        };
    }

    private Response write(Map<String, String> request, WechatResult result) {
        // A query may name the transaction alone; the response has the order's number then.
        String number = result.fields().getOrDefault("out_trade_no", request.getOrDefault("out_trade_no", ""));
        LOG.info("{} wechat call: {}", result.signed() && OrderTerms.isTradeNumber(number) ? number : "-",
                result.fields().getOrDefault("err_code", "done"));
        return new Response(number, WechatXml.write(result.signed() ? signed(number, request, result.fields()) : result.fields()));
    }

    private Map<String, String> signed(String number, Map<String, String> request, Map<String, String> fields) {
        Map<String, String> response = merchant.fields();
        response.put("return_code", "SUCCESS");
        response.put("return_msg", "OK");
        response.putAll(fields);
        String device = request.getOrDefault("device_info", "");
        if (!device.isEmpty()) {
            response.putIfAbsent("device_info", device);
        }
        boolean wrongly = injection.has(number, Fault.WRONGLY_SIGNED_RESPONSES);
        SignType type = SignType.of(request).orElseThrow();
        response.put("sign", type.sign(response, wrongly ? FORGED_KEY : merchant.account().apiKey()));
        return response;
    }

    /// @param number of the order it is about; empty if the call names none
    record Response(String number, String xml) {}
}
