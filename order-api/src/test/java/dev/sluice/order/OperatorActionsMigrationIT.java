package dev.sluice.order;

import java.time.Clock;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.sluice.event.HoldReason;
import dev.sluice.event.value.Money;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.provider.PaymentChannels;

import static org.assertj.core.api.Assertions.assertThat;

/// What was there before operators could decide is there after.
class OperatorActionsMigrationIT {
    @Test
    void findsTheHoldsAndCreditsThatAreThereAlready() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            var flyway = Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/orders").schemas("orders");
            var jdbc = JdbcClient.create(postgres.getPostgresDatabase());
            flyway.target("3").load().migrate();
            for (int offset : new int[]{9, 10}) {
                jdbc.sql("""
                        insert into orders.timeline (record, trade_no, at, kind, source, fact_id, data)
                        values ('sluice.events/0/' || ?, 'T', ('2026-11-22T08:00:' || (30 - ?) || 'Z')::timestamptz, 'PaymentHeld', '', 'F', '{"trade_number":"T","provider":"wechat",
                            "transaction_id":"X","money":{"minor_units":7299,"currency":"CNY"},"reason":"AMOUNT_MISMATCH"}')""")
                        .params(offset, offset).update();
            }
            for (String status : new String[]{"CREDITED", "PAID"}) {
                jdbc.sql("""
                        insert into orders.topup (trade_no, version, status, user_id, idempotency_key, provider, app_id, merchant_id,
                            amount, display_type, quota_per_unit, price, group_ratio, discount, fen, quota, subject, client_address,
                            notify_url, transaction_id, late, created_at, expires_at)
                        values (:status, 1, :status, 7, :status, 'wechat', 'wx1', '1', 10, 'USD', 1, 1, 1, 1, 7300, 5, '', '', '', 'Y', false,
                            now(), now())""").param("status", status).update();
            }

            flyway.target("latest").load().migrate();

            assertThat(new Holds(jdbc).of("T")).singleElement().satisfies(hold -> {
                assertThat(hold.money()).isEqualTo(Money.ofFen(7299));
                assertThat(hold.reason()).isEqualTo(HoldReason.AMOUNT_MISMATCH);
                assertThat(hold.decision()).isEmpty();
            });
            assertThat(new Timeline(jdbc, Clock.systemUTC(), PaymentChannels.installed()).of("T"))
                    .as("as the log has them, whatever the clocks say")
                    .extracting(entry -> entry.at() + (entry.repeated() ? " again" : ""))
                    .containsExactly("2026-11-22T08:00:21Z", "2026-11-22T08:00:20Z again");
            assertThat(jdbc.sql("select concat_ws(' ', trade_no, transaction_id, user_id, quota) from orders.credit").query(String.class)
                    .list()).containsExactly("CREDITED Y 7 5");
            assertThat(jdbc.sql("select credited_quota from orders.topup order by trade_no").query(Long.class).list()).containsExactly(5L,
                    0L);
        }
    }
}
