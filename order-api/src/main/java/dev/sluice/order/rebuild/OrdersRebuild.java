package dev.sluice.order.rebuild;

import java.util.List;

import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;
import dev.sluice.order.projection.OrdersProjection;
import dev.sluice.order.timeline.TimelineRows;

import static dev.sluice.log.rebuild.schema.RebuiltTable.derived;
import static dev.sluice.log.rebuild.schema.RebuiltTable.kept;
import static dev.sluice.log.rebuild.schema.RebuiltTable.leftEmpty;

/// How the orders' views are rebuilt from the log: orders, holds, figures and timelines.
public final class OrdersRebuild {
    private static final String CLAIMED = "a decision is written down here before it is in the log";

    /// A new table belongs here, with what becomes of it.
    private static final List<RebuiltTable> TABLES = List.of(
            derived("topup")
                    .comparedWhere("t.status not in ('NEW', 'AWAITING_PAYMENT') and (t.status <> 'CLOSED' or t.expires_at < now())",
                            "an order is here before it is in the log, and so is its refusal by the provider")
                    .differingIn("it is of the making of the code, which the log does not have", "version", "asked_at", "published",
                            "last_answer", "pay_action")
                    .differingIn("it is of the request that placed the order", "idempotency_key", "client_address", "notify_url"),
            leftEmpty("progress", "it is for pages that were away; the swap takes it from the live table"),
            derived("credit"),
            derived("user_quota"),
            derived("hold")
                    .comparedAs("key", "case when t.published then t.key end", CLAIMED)
                    .comparedAs("user_id", "case when t.published then t.user_id end", CLAIMED)
                    .comparedAs("quota", "case when t.published then t.quota end", CLAIMED)
                    .comparedAs("actor", "case when t.published then t.actor end", CLAIMED)
                    .comparedAs("why", "case when t.published then t.why end", CLAIMED),
            derived("payment_refund"),
            derived("order_refund"),
            derived("refund"),
            kept("act", "an operator's act is here before it is in the log"),
            kept("redrive", "which dead letters were appended again, by whom and why"),
            derived("timeline").comparedWhere("t.topic = 'sluice.events'", "the other topics keep their records for a while only")
                    .differingIn("it depends on when the record was read", "stray_since"),
            kept("payer_check", "how often a payer asked today"),
            derived("figures").comparedWhere("t.status <> 'CLOSED'",
                    "an order that the provider refuses is counted on the day of the refusal, not of its record"),
            derived("credit_delay"));

    /// What orders have that the log does not: their codes, and what their requests gave.
    private static final String CODES = """
            update shadow.topup s set version = greatest(s.version, l.version), asked_at = l.asked_at, published = l.published,
                last_answer = l.last_answer, pay_action = l.pay_action, idempotency_key = l.idempotency_key,
                client_address = l.client_address, notify_url = l.notify_url,
                status = case when s.status in ('NEW', 'AWAITING_PAYMENT') and l.status in ('AWAITING_PAYMENT', 'CLOSED')
                    then l.status else s.status end
            from live.topup l
            where l.trade_no = s.trade_no and (l.version > s.version or s.status = 'NEW' and l.status in ('AWAITING_PAYMENT', 'CLOSED')
                or (s.asked_at, s.published, s.last_answer, s.pay_action, s.idempotency_key, s.client_address, s.notify_url)
                    is distinct from (l.asked_at, l.published, l.last_answer, l.pay_action, l.idempotency_key, l.client_address, l.notify_url))""";

    private static final List<String> COMPLETION = List.of(CODES,
            // Orders that are not in the log yet.
            """
                    insert into shadow.topup select l.* from live.topup l
                    where not exists (select from shadow.topup s where s.trade_no = l.trade_no)""",
            """
                    insert into shadow.progress select l.* from live.progress l
                    where not exists (select from shadow.progress s where s.trade_no = l.trade_no and s.version = l.version)""",
            """
                    update shadow.hold s set key = l.key, user_id = l.user_id, quota = l.quota, actor = l.actor, why = l.why
                    from live.hold l
                    where (l.provider, l.transaction_id, l.trade_no) = (s.provider, s.transaction_id, s.trade_no) and not l.published
                        and not s.published and l.key is distinct from s.key""",
            // What its topic no longer has.
            """
                    insert into shadow.timeline select l.* from live.timeline l
                    where l.topic <> 'sluice.events' and not exists (select from shadow.timeline s where s.trade_no = l.trade_no
                        and s.topic = l.topic and s.fact_id = l.fact_id)""");

    private OrdersRebuild() {}

    /// The schema `orders`.
    public static RebuiltSchema schema() {
        return new RebuiltSchema("orders", "orders", "classpath:db/orders", TABLES,
                database -> List.of(OrdersProjection.ofThePast(database.jdbc()), TimelineRows.ofThePast(database.jdbc())), COMPLETION);
    }
}
