package dev.sluice.sandbox.notice;

import java.util.List;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Trade;

/// Notices that look like one provider's, and that a merchant must not act upon. Each is about a trade of which there is a true one.
public interface FalseNotices {

    Provider provider();

    /// About another transaction, with a signature of the right form that is wrong.
    NoticeBody forged(Trade trade);

    /// About another merchant's transaction under the same number, rightly signed.
    NoticeBody ofAnotherMerchant(Trade trade);

    /// About what was before, rightly signed.
    NoticeBody outdated(Trade trade);

    /// About another transaction, each with a signature that is wrong in another way, or with none.
    List<NoticeBody> probes(Trade trade);
}
