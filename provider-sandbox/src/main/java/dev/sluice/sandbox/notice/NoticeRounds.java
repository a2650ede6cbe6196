package dev.sluice.sandbox.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// Composes what is posted for one delivery: the true notice, and what faults add to it.
@Component
final class NoticeRounds {
    /// How often [Fault#NOTIFIED_TWENTY_TIMES] tells.
    static final int MANY = 20;

    private final Map<Provider, FalseNotices> falseNotices;

    NoticeRounds(List<FalseNotices> falseNotices) {
        this.falseNotices = falseNotices.stream().collect(Collectors.toMap(FalseNotices::provider, Function.identity()));
    }

    NoticeRound compose(Trade trade, TradeNotice notice, Set<Fault> faults) {
        FalseNotices wrong = Objects.requireNonNull(falseNotices.get(notice.provider()), "a provider without false notices");
        List<NoticeBody> before = new ArrayList<>();
        List<NoticeBody> after = new ArrayList<>();
        if (faults.contains(Fault.FORGED_NOTIFICATION)) {
            before.add(wrong.forged(trade));
        }
        if (faults.contains(Fault.WRONG_MERCHANT)) {
            before.add(wrong.ofAnotherMerchant(trade));
        }
        if (faults.contains(Fault.SIGNATURE_PROBES)) {
            // After the true one too: who looks whether it is credited before verifying says success to them.
            before.addAll(wrong.probes(trade));
            after.addAll(wrong.probes(trade));
        }
        if (faults.contains(Fault.OUTDATED_NOTIFICATION)) {
            after.add(wrong.outdated(trade));
        }
        Trade reported = faults.contains(Fault.WRONG_AMOUNT) ? trade.withFen(trade.terms().fen() - 1) : trade;
        List<NoticeBody> truth = Stream.generate(() -> notice.compose(reported)).limit(times(faults)).toList();
        return new NoticeRound(
                trade.number(), before, truth, faults.contains(Fault.NOTIFIED_TWENTY_TIMES), after);
    }

    private static int times(Set<Fault> faults) {
        if (faults.contains(Fault.NOTIFIED_TWENTY_TIMES)) {
            return MANY;
        }
        return faults.contains(Fault.NOTIFIED_TWICE) ? 2 : 1;
    }
}
