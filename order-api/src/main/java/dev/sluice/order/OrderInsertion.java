package dev.sluice.order;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.event.OrderCreated;
import dev.sluice.log.row.Columns;

/// Inserts orders: those that are placed here, and those that only the log has.
@Component
public class OrderInsertion {
    private static final String INSERT = """
            with placed as (
                insert into orders.topup (trade_no, version, status, published, user_id, idempotency_key, provider, scene, app_id, merchant_id,
                    amount, display_type, quota_per_unit, price, group_ratio, discount, minor_units, currency, quota, subject,
                    client_address, notify_url, created_at, expires_at)
                select trade_no, 1, 'NEW', :published, user_id, idempotency_key, provider, scene, app_id, merchant_id, amount, display_type,
                    quota_per_unit, price, group_ratio, discount, minor_units, currency, quota, subject, client_address, notify_url,
                    created_at, expires_at
                from unnest(:tradeNos::text[], :userIds::text[], :keys::text[], :providers::text[], :scenes::text[], :appIds::text[],
                    :merchantIds::text[], :amounts::bigint[], :displayTypes::text[], :quotasPerUnit::bigint[], :prices::numeric[],
                    :groupRatios::numeric[], :discounts::numeric[], :minorUnits::bigint[], :currencies::text[], :quotas::bigint[],
                    :subjects::text[], :clientAddresses::text[], :notifyUrls::text[], :createdAts::timestamptz[],
                    :expiresAts::timestamptz[]) as o (trade_no, user_id, idempotency_key, provider, scene, app_id, merchant_id, amount,
                    display_type, quota_per_unit, price, group_ratio, discount, minor_units, currency, quota, subject, client_address,
                    notify_url, created_at, expires_at)
                order by trade_no
                on conflict (trade_no) do nothing
                returning *)
            insert into orders.progress (trade_no, version, status, late, credited_quota, moved_at)
            select trade_no, version, status, late, credited_quota, created_at from placed where created_at >= :shownSince::timestamptz""";

    /// By this clock no page needs any move any more.
    static final Clock AFTER_ALL_MOVES = Clock.fixed(Instant.parse("9999-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Clock clock;

    public OrderInsertion(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// For a rebuild: no moves are kept for pages.
    public static OrderInsertion ofThePast(JdbcClient jdbc) {
        return new OrderInsertion(jdbc, AFTER_ALL_MOVES);
    }

    /// Inserts those orders that only the log has. What only this app knew of them is lost.
    public void restore(Collection<OrderCreated> created) {
        if (!created.isEmpty()) {
            insert(created.stream().map(TopUpOrder::restored).toList(), true);
        }
    }

    /// Inserts the orders that have no row yet.
    ///
    /// @param published whether they are in the log
    /// @throws DuplicateKeyException when the user of one has used its idempotency key before
    void insert(List<TopUpOrder> orders, boolean published) {
        jdbc.sql(INSERT)
                .param("tradeNos", Columns.texts(orders, TopUpOrder::tradeNo))
                .param("userIds", Columns.texts(orders, order -> order.userId()))
                .param("keys", Columns.texts(orders, order -> order.origin().idempotencyKey()))
                .param("providers", Columns.texts(orders, order -> order.created().provider().code()))
                .param("scenes", Columns.texts(orders, order -> order.created().scene().name()))
                .param("appIds", Columns.texts(orders, order -> order.created().merchant().appId()))
                .param("merchantIds", Columns.texts(orders, order -> order.created().merchant().merchantId()))
                .param("amounts", Columns.numbers(orders, order -> order.purchase().quote().amount()))
                .param("displayTypes", Columns.texts(orders, order -> order.purchase().quote().displayType().name()))
                .param("quotasPerUnit", Columns.numbers(orders, order -> order.purchase().quote().quotaPerUnit()))
                .param("prices", Columns.texts(orders, order -> order.purchase().quote().price().toPlainString()))
                .param("groupRatios", Columns.texts(orders, order -> order.purchase().quote().groupRatio().toPlainString()))
                .param("discounts", Columns.texts(orders, order -> order.purchase().quote().discount().toPlainString()))
                .param("minorUnits", Columns.numbers(orders, order -> order.money().minorUnits()))
                .param("currencies", Columns.texts(orders, order -> order.money().currency().getCurrencyCode()))
                .param("quotas", Columns.numbers(orders, TopUpOrder::quota))
                .param("subjects", Columns.texts(orders, order -> order.created().subject()))
                .param("clientAddresses", Columns.texts(orders, order -> order.origin().clientAddress()))
                .param("notifyUrls", Columns.texts(orders, order -> order.origin().notifyUrl()))
                .param("createdAts", Columns.texts(orders, order -> order.createdAt().toString()))
                .param("expiresAts", Columns.texts(orders, order -> order.expiresAt().toString()))
                .param("published", published)
                .param("shownSince", Limits.progressKeptSince(clock))
                .update();
    }
}
