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

import dev.sluice.sandbox.mischief.Mischief;
import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// Composes what is posted for one delivery: the true notice, and what mischief adds to it.
@Component
final class NoticeRounds {
    /// How often [Mischief#TOLD_TWENTY_TIMES] tells.
    static final int MANY = 20;

    private final Map<Provider, FalseNotices> falseNotices;

    NoticeRounds(List<FalseNotices> falseNotices) {
        this.falseNotices = falseNotices.stream().collect(Collectors.toMap(FalseNotices::provider, Function.identity()));
    }

    NoticeRound compose(Trade trade, TradeNotice notice, Set<Mischief> mischief) {
        FalseNotices wrong = Objects.requireNonNull(falseNotices.get(notice.provider()), "a provider without false notices");
        List<NoticeBody> before = new ArrayList<>();
        List<NoticeBody> after = new ArrayList<>();
        if (mischief.contains(Mischief.FORGED_NOTICE)) {
            before.add(wrong.forged(trade));
        }
        if (mischief.contains(Mischief.WRONG_MERCHANT)) {
            before.add(wrong.ofAnotherMerchant(trade));
        }
        if (mischief.contains(Mischief.SIGNATURE_PROBES)) {
            // After the true one too: who looks whether it is credited before verifying says success to them.
            before.addAll(wrong.probes(trade));
            after.addAll(wrong.probes(trade));
        }
        if (mischief.contains(Mischief.REORDERED)) {
            after.add(wrong.outdated(trade));
        }
        Trade told = mischief.contains(Mischief.WRONG_AMOUNT) ? trade.withFen(trade.terms().fen() - 1) : trade;
        List<NoticeBody> truth = Stream.generate(() -> notice.compose(told)).limit(times(mischief)).toList();
        return new NoticeRound(
                trade.number(), before, truth, mischief.contains(Mischief.TOLD_TWENTY_TIMES), after);
    }

    private static int times(Set<Mischief> mischief) {
        if (mischief.contains(Mischief.TOLD_TWENTY_TIMES)) {
            return MANY;
        }
        return mischief.contains(Mischief.TOLD_TWICE) ? 2 : 1;
    }
}
