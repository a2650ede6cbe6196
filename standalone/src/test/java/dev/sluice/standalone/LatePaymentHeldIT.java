package dev.sluice.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/// With `LatePayment` set to `hold`.
class LatePaymentHeldIT {
    @TempDir
    private static Path folder;

    @Test
    void paidAfterItWasClosedItIsHeldWhenTheOperatorWantsThat() throws Exception {
        try (TimeMachine machine = new TimeMachine(folder, Map.of("OrderExpireMinutes", 6, "LatePayment", "hold"))) {
            for (String method : List.of("wechat", "alipay")) {
                Shopper shopper = Shopper.of(machine.sluice, method.equals("wechat") ? 1 : 2, machine.secret);
                JsonNode order = shopper.order(method, 10, "k");
                String number = order.path("order_id").asString();
                machine.sluice.postJson("/wallet/api/open", "", Map.of("code", order.path("pay_url").asString()));
                machine.sluice.faults(number, List.of("CLOSED_BUT_PAYABLE"));
                machine.forward(Duration.ofSeconds(365));
                shopper.awaitStatus(number, "CLOSED");

                shopper.pay(order);

                shopper.awaitStatus(number, "HELD");
                assertThat(shopper.quota()).isZero();
                Shopper operator = Shopper.operator(machine.sluice, machine.secret);
                operator.awaitTimeline(number, "OrderClosed EXPIRED", "PaymentConfirmed NOTIFICATION", "PaymentHeld LATE_PAYMENT");
                assertThat(operator.story(number)).contains("LATE_PAYMENT");
                assertThat(machine.database().sql("select held from ledger.payment where trade_no = ?").param(number).query(String.class)
                        .list()).containsExactly("LATE_PAYMENT");
            }
        }
    }
}
