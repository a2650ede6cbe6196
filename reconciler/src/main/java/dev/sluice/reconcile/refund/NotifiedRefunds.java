package dev.sluice.reconcile.refund;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.evidence.Notification;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.DecodedRecord;
import dev.sluice.log.follow.LogRecord;

import static dev.sluice.log.row.Columns.texts;

/// The refunds that notifications named, by order: a provider that does not list an order's refunds is asked about each by its number,
/// before a payment that was found by a query is confirmed.
@Component
public class NotifiedRefunds {
    /// Refunds of one order that are asked about.
    static final int MOST_OF_AN_ORDER = 50;

    private final JdbcClient jdbc;
    private final GenuineNotifications genuine;

    public NotifiedRefunds(JdbcClient jdbc, GenuineNotifications genuine) {
        this.jdbc = jdbc;
        this.genuine = genuine;
    }

    private record Refund(TradeNumber tradeNumber, String number) {}

    /// Applies a poll's notifications with one statement, or with none when they name no refund.
    public void apply(List<LogRecord> records) {
        Set<Refund> refunds = new LinkedHashSet<>();
        for (LogRecord record : records) {
            if (record.content() instanceof DecodedRecord.OfNotification(var _, Notification notification)) {
                genuine.tradeNumber(notification)
                        .ifPresent(order -> genuine.refund(notification).ifPresent(number -> refunds.add(new Refund(order, number))));
            }
        }
        if (!refunds.isEmpty()) {
            jdbc.sql("""
                    insert into recon.refund (trade_no, refund_no) select * from unnest(:tradeNos::text[], :refundNos::text[])
                    on conflict do nothing""")
                    .param("tradeNos", texts(refunds, refund -> refund.tradeNumber().value()))
                    .param("refundNos", texts(refunds, Refund::number))
                    .update();
        }
    }

    /// The numbers of an order's refunds.
    public List<String> of(TradeNumber tradeNumber) {
        return jdbc.sql("select refund_no from recon.refund where trade_no = :tradeNo order by refund_no limit :most")
                .param("tradeNo", tradeNumber.value())
                .param("most", MOST_OF_AN_ORDER)
                .query((row, _) -> row.getString("refund_no"))
                .list();
    }
}
