package dev.sluice.sandbox.notification;

import java.util.List;
import java.util.Map;

import dev.sluice.sandbox.trade.Trade;

/// Notifications of a provider's form that a merchant must not act upon, about a trade that has a true one.
record FalseNotifications(TradeNotification notification, Trade trade) {

    /// About another transaction, with a well-formed but wrong signature.
    NotificationBody forged() {
        return withSign(ofOtherTransaction(), notification.sign(trade, notification.fields(trade)));
    }

    /// About another merchant's transaction under the same number, correctly signed.
    NotificationBody ofAnotherMerchant() {
        Map<String, String> fields = ofOtherTransaction();
        notification.form().merchantFields().forEach(name -> fields.computeIfPresent(name, (_, value) -> otherThan(value)));
        return withSign(fields, notification.sign(trade, fields));
    }

    /// About an earlier status, correctly signed.
    NotificationBody outdated() {
        Map<String, String> fields = ofItsOwn(notification.fields(trade));
        notification.makeOutdated(fields);
        return withSign(fields, notification.sign(trade, fields));
    }

    /// About another transaction, each with a signature that is missing or wrong in another way.
    List<NotificationBody> probes() {
        Map<String, String> changed = ofOtherTransaction();
        String sign = notification.sign(trade, changed);
        changed.put(notification.form().payerField(), "changed after signing");
        Map<String, String> weak = ofOtherTransaction();
        notification.signWeakly(weak);
        return List.of(
                notification.body(ofOtherTransaction()),
                withSign(ofOtherTransaction(), ""),
                withSign(ofOtherTransaction(), "no signature at all"),
                withSign(changed, sign),
                notification.body(weak));
    }

    private Map<String, String> ofOtherTransaction() {
        return ofItsOwn(notification.fields(trade.withTransactionId(otherThan(trade.transactionId()))));
    }

    /// Under another id than the true one, where the provider's notifications have ids.
    private static Map<String, String> ofItsOwn(Map<String, String> fields) {
        fields.computeIfPresent("notify_id", (_, id) -> otherThan(id));
        return fields;
    }

    private NotificationBody withSign(Map<String, String> fields, String sign) {
        fields.put("sign", sign);
        return notification.body(fields);
    }

    /// A number of the same form for what does not exist, always the same for the same one; it differs in the last digit.
    private static String otherThan(String number) {
        int last = number.length() - 1;
        return number.substring(0, last) + (number.charAt(last) == '0' ? '1' : '0');
    }
}
