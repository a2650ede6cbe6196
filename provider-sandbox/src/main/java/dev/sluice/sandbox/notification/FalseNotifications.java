package dev.sluice.sandbox.notification;

import java.util.List;

import dev.sluice.sandbox.trade.Trade;

/// Notifications of one provider's form that a merchant must not act upon. Each is about a trade that has a true one.
public interface FalseNotifications {

    /// About another transaction, with a well-formed but wrong signature.
    NotificationBody forged(Trade trade);

    /// About another merchant's transaction under the same number, correctly signed.
    NotificationBody ofAnotherMerchant(Trade trade);

    /// About an earlier status, correctly signed.
    NotificationBody outdated(Trade trade);

    /// About another transaction, each with a signature that is missing or wrong in another way.
    List<NotificationBody> probes(Trade trade);

    /// A number of the same form for what does not exist, always the same for the same one; it differs in the last digit.
    static String otherThan(String number) {
        int last = number.length() - 1;
        return number.substring(0, last) + (number.charAt(last) == '0' ? '1' : '0');
    }
}
