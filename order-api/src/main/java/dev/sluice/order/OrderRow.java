package dev.sluice.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Currency;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.DisplayType;
import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.Quote;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;

/// An order out of a row of `orders.topup`.
final class OrderRow {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private OrderRow() {}

    static TopUpOrder read(ResultSet row) throws SQLException {
        var origin = new TopUpOrder.Origin(row.getString("idempotency_key"), row.getString("client_address"), row.getString("notify_url"));
        return new TopUpOrder(created(row), origin, row.getInt("version"), progress(row));
    }

    private static OrderCreated created(ResultSet row) throws SQLException {
        return new OrderCreated(
                new TradeNumber(row.getString("trade_no")),
                new Provider(row.getString("provider")),
                new Merchant(row.getString("app_id"), row.getString("merchant_id")),
                Scene.valueOf(row.getString("scene")),
                new Money(row.getLong("minor_units"), Currency.getInstance(row.getString("currency"))),
                row.getString("subject"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                new Purchase.TopUp(new UserId(row.getString("user_id")), new Quota(row.getLong("quota")), quote(row)));
    }

    private static Quote quote(ResultSet row) throws SQLException {
        return new Quote(row.getLong("amount"), DisplayType.valueOf(row.getString("display_type")), row.getLong("quota_per_unit"),
                row.getBigDecimal("price"), row.getBigDecimal("group_ratio"), row.getBigDecimal("discount"));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                OrderStatus.valueOf(row.getString("status")),
                payAction(row),
                payment(row),
                row.getBoolean("late"),
                instant(row, "credited_at"),
                row.getLong("credited_quota"),
                row.getObject("balance", Long.class));
    }

    private static Progress.@Nullable Payment payment(ResultSet row) throws SQLException {
        String transactionId = row.getString("transaction_id");
        if (transactionId == null) {
            return null;
        }
        String currency = row.getString("paid_currency");
        return new Progress.Payment(new TransactionId(transactionId),
                currency == null ? null : new Money(row.getLong("paid_minor_units"), Currency.getInstance(currency)),
                instant(row, "paid_at"));
    }

    private static @Nullable PayAction payAction(ResultSet row) throws SQLException {
        String json = row.getString("pay_action");
        return json == null ? null : MAPPER.readValue(json, PayAction.class);
    }

    static String json(PayAction action) {
        return MAPPER.writerFor(PayAction.class).writeValueAsString(action);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
