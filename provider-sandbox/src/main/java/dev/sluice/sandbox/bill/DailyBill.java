package dev.sluice.sandbox.bill;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.Trades;

/// What a provider's bill of a day has. Bills are made in the next morning, Beijing time.
@Component
final class DailyBill {
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final LocalTime READY = LocalTime.of(10, 0);
    /// 0.60 %, rounded half up to the fen.
    private static final long RATE = 6;
    private static final long RATE_ONE = 1_000;
    private static final long FOREIGN_FEN = 500;

    private final Trades trades;
    private final FaultInjection injection;
    private final Clock clock;

    DailyBill(Trades trades, FaultInjection injection, Clock clock) {
        this.trades = trades;
        this.injection = injection;
        this.clock = clock;
    }

    boolean isReady(LocalDate day) {
        return !clock.instant().isBefore(day.plusDays(1).atTime(READY).atZone(BEIJING).toInstant()) && !has("", Fault.BILL_NOT_READY);
    }

    boolean isCut() {
        return has("", Fault.BILL_CUT);
    }

    /// What is added to the first total.
    long wrongFen() {
        return has("", Fault.BILL_WITH_WRONG_SUMMARY) ? 1 : 0;
    }

    /// The rows of a day, payments and refunds as they were made.
    List<BillRow> rows(Provider provider, LocalDate day) {
        List<BillRow> rows = new ArrayList<>();
        for (Trade trade : trades.paid(provider)) {
            if (trade.payment() != null && isOn(trade.payment().at(), day) && !has(trade.number(), Fault.BILL_WITHOUT_ROW)) {
                rows.add(payment(trade, trade.payment().at()));
            }
            for (Refund refund : trade.refunds()) {
                Instant at = provider == Provider.WECHAT ? refund.requestedAt() : refund.endedAt();
                if (at != null && refund.counts() && isOn(at, day) && !has(trade.number(), Fault.BILL_WITHOUT_REFUND)) {
                    rows.add(refund(trade, refund, at));
                }
            }
        }
        if (has("", Fault.BILL_WITH_UNKNOWN_ROW)) {
            String transaction = "4200009999" + day.toString().replace("-", "") + "0000000001";
            rows.add(new BillRow(transaction, "POS" + day.toString().replace("-", ""), "", "", "门店收款", FOREIGN_FEN, fee(FOREIGN_FEN),
                    day.atTime(READY).atZone(BEIJING).toInstant()));
        }
        return rows;
    }

    private BillRow payment(Trade trade, Instant at) {
        long fen = trade.terms().fen() - (has(trade.number(), Fault.BILL_WITH_OTHER_AMOUNT) ? 1 : 0);
        return new BillRow(trade.transactionId(), trade.number(), "", "", trade.terms().subject(), fen,
                fee(fen) + (has(trade.number(), Fault.BILL_WITH_OTHER_FEE) ? 2 : 0), at);
    }

    private BillRow refund(Trade trade, Refund refund, Instant at) {
        String number = has(trade.number(), Fault.BILL_WITH_FOREIGN_REFUND) ? "CONSOLE" + refund.id() : refund.number();
        return new BillRow(trade.transactionId(), trade.number(), refund.id(), number, trade.terms().subject(), refund.fen(),
                fee(refund.fen()), at);
    }

    private boolean has(String number, Fault fault) {
        return injection.has(number, fault);
    }

    private static boolean isOn(Instant at, LocalDate day) {
        return LocalDate.ofInstant(at, BEIJING).equals(day);
    }

    private static long fee(long fen) {
        return (fen * RATE + RATE_ONE / 2) / RATE_ONE;
    }
}
