package dev.sluice.sandbox.alipay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.bill.AlipayBill;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Alipay's bills: a link that is valid for half a minute, and the archive behind it.
@RestController
final class AlipayBills {
    private static final Duration LINK_LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_LINKS = 1_000;

    private final AlipayBill bill;
    private final Clock clock;
    private final Map<String, Link> links = new LinkedHashMap<>();

    AlipayBills(AlipayBill bill, Clock clock) {
        this.bill = bill;
        this.clock = clock;
    }

    private record Link(LocalDate day, Instant until) {}

    /// The answer to the question where the bill of a day is.
    GatewayResult link(BizContent content) {
        LocalDate day;
        try {
            day = LocalDate.parse(content.text("bill_date"));
        } catch (DateTimeParseException e) {
            return GatewayResult.refused("", GatewayResult.Refusal.business("isv.INVAILID_ARGUMENTS", "入参不合法"));
        }
        return switch (bill.state(day)) {
            case NOT_READY -> GatewayResult.refused("", GatewayResult.Refusal.business("isp.bill_not_exist", "账单不存在"));
            case EMPTY -> GatewayResult.refused("", GatewayResult.Refusal.business("isp.no_bill_data", "账单无数据"));
            case READY -> GatewayResult
                    .answered(Map.of("bill_download_url", content.origin() + "/gateway.do/downloadBillFile.resource?token=" + token(day)));
        };
    }

    private synchronized String token(LocalDate day) {
        if (links.size() >= MAX_LINKS) {
            links.clear();
        }
        String token = UUID.randomUUID().toString();
        links.put(token, new Link(day, clock.instant().plus(LINK_LIFETIME)));
        return token;
    }

    /// The archive, or a text when the link is too old.
    @GetMapping("/gateway.do/downloadBillFile.resource")
    ResponseEntity<byte[]> download(@RequestParam String token) {
        Link link = take(token);
        return link.until().isBefore(clock.instant())
                ? ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("下载超时".getBytes(UTF_8))
                : ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM).body(bill.archive(link.day()));
    }

    private synchronized Link take(String token) {
        return links.getOrDefault(token, new Link(LocalDate.EPOCH, Instant.MIN));
    }
}
