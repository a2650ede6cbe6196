package dev.sluice.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// The bills that the sandbox makes of its own trades, with a fault for each kind of difference: what can heal heals, the rest is found.
class BillJourneyIT {
    @TempDir
    private static Path folder;
    private static TimeMachine machine;

    @BeforeAll
    static void start() throws Exception {
        machine = new TimeMachine(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        machine.close();
    }

    private static String paid(Shopper shopper, String method, String key, String... faults) {
        JsonNode order = shopper.order(method, 10, key);
        String number = order.path("order_id").asString();
        machine.sluice.faults(number, List.of(faults));
        assertThat(shopper.pay(order).path("transaction_id").asString()).isNotEmpty();
        return number;
    }

    private static String credited(Shopper shopper, String method, String key, String... faults) {
        String number = paid(shopper, method, key, faults);
        shopper.awaitStatus(number, "CREDITED");
        return number;
    }

    private static List<String> differences() {
        return machine.database().sql("""
                select d.provider || ' ' || kind || ' ' || trade_no from recon.discrepancy d
                where closed_at is null order by 1""").query(String.class).list();
    }

    @Test
    void eachFaultOfABillIsFound() {
        Shopper shopper = Shopper.of(machine.sluice, 1, machine.secret);
        String whole = credited(shopper, "wechat", "k1");
        String missing = credited(shopper, "wechat", "k2", "BILL_WITHOUT_ROW");
        String amount = credited(shopper, "wechat", "k3", "BILL_WITH_OTHER_AMOUNT");
        String fee = credited(shopper, "wechat", "k4", "BILL_WITH_OTHER_FEE");
        String alipay = credited(shopper, "alipay", "k5", "BILL_WITH_OTHER_AMOUNT");
        machine.sluice.faults("", List.of("BILL_CUT"));

        machine.forward(Duration.ofHours(35));
        await().atMost(Duration.ofSeconds(60)).until(() -> machine.database().sql(
                "select count(*) from recon.bill_day where answer like 'BILL_CUT%'").query(Long.class).single() >= 1);
        // Who has not asked yet would ask at another time, and not again before the clock moves.
        await().atMost(Duration.ofSeconds(60)).until(() -> machine.database().sql(
                "select count(distinct provider) from recon.bill_day where attempts > 0").query(Long.class).single() == 2);
        assertThat(differences()).as("nothing is opened by a damaged bill").isEmpty();
        machine.sluice.faults("", List.of("BILL_WITH_UNKNOWN_ROW"));
        machine.forward(Duration.ofHours(24));

        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(differences()).contains(
                "wechat AmountDiffers " + amount, "wechat FeeUnexpected " + fee, "wechat CreditedNotPaid " + missing,
                "alipay AmountDiffers " + alipay).anyMatch(each -> each.startsWith("wechat UnknownToUs POS"))
                .noneMatch(each -> each.endsWith(whole)));
    }
}
