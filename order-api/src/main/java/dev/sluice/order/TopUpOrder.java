package dev.sluice.order;

import java.time.Instant;

import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;

/// One order. What was placed never changes; its progress does, by the moves of [Progress].
///
/// @param created  the fact that this order exists, the same however often it is appended
/// @param origin   the request that placed it
/// @param version  1, and one more with each move
/// @param progress where it stands
public record TopUpOrder(OrderCreated created, Origin origin, int version, Progress progress) {
    /// No caller can send a key that begins with a space: HTTP trims it.
    private static final String NO_KEY = " ";

    /// What only this app knows of an order.
    ///
    /// @param idempotencyKey of the request that placed it
    /// @param clientAddress  the payer's
    /// @param notifyUrl      where the provider notifies
    public record Origin(String idempotencyKey, String clientAddress, String notifyUrl) {}

    /// An order that was just placed.
    public static TopUpOrder of(OrderCreated created, String idempotencyKey, String clientAddress, String notifyUrl) {
        return new TopUpOrder(created, new Origin(idempotencyKey, clientAddress, notifyUrl), 1, Progress.placed());
    }

    /// An order that only the log has.
    static TopUpOrder restored(OrderCreated created) {
        return of(created, NO_KEY + created.tradeNumber(), "", "");
    }

    public TradeNumber tradeNumber() {
        return created.tradeNumber();
    }

    public String tradeNo() {
        return created.tradeNumber().value();
    }

    public String userId() {
        return purchase().userId().value();
    }

    /// What its payer buys.
    public Purchase.TopUp purchase() {
        return switch (created.purchase()) {
            case Purchase.TopUp topUp -> topUp;
        };
    }

    public Provider provider() {
        return created.provider();
    }

    public Money money() {
        return created.money();
    }

    public long quota() {
        return purchase().quota().units();
    }

    /// What the user asked for.
    public long amount() {
        return purchase().quote().amount();
    }

    public Instant createdAt() {
        return created.createdAt();
    }

    public Instant expiresAt() {
        return created.expiresAt();
    }

    public OrderStatus status() {
        return progress.status();
    }
}
