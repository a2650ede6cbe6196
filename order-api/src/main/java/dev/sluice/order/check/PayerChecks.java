package dev.sluice.order.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.RefusedException;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.ConfiguredAccounts;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.provider.wire.BeijingTime;

/// Has the provider queried about an order because its payer reports a payment, as an operator's check does, and waits for the answer.
@Component
class PayerChecks {
    private static final String REASON = "the payer reports a payment";

    private final Orders orders;
    private final Timeline timeline;
    private final Supplier<ConfiguredAccounts> accounts;
    private final EventLog log;
    private final JdbcClient jdbc;
    private final Clock clock;
    /// Orders whose answer a request waits for here. It looks into the database again and again, so a second one does not.
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    PayerChecks(Orders orders, Timeline timeline, Supplier<ConfiguredAccounts> accounts, EventLog log, JdbcClient jdbc, Clock clock) {
        this.orders = orders;
        this.timeline = timeline;
        this.accounts = accounts;
        this.log = log;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// The provider's answer; empty when it has none within [Limits#ANSWER_WITHIN], or cannot be queried.
    ///
    /// @throws RefusedException when the user has had too many checks today
    Optional<ProviderAnswer> check(TopUpOrder order) {
        OrderCreated created = order.created();
        if (!accounts.get().has(created.provider(), created.merchant())) {
            return Optional.empty();
        }
        long turn = clock.instant().getEpochSecond() / Limits.BETWEEN_CHECKS.toSeconds();
        var fact = CheckRequested.of(created, order.purchase().userId(), REASON, "payer " + turn);
        boolean repeated = timeline.find(order.tradeNo(), EventCodec.idOf(fact)).isPresent();
        Instant since = Instant.ofEpochSecond(turn * Limits.BETWEEN_CHECKS.toSeconds());
        Optional<String> before = timeline.lastAnswer(order.tradeNo())
                // An answer of this turn is the answer to the check that this one repeats.
                .filter(answer -> !repeated || answer.answeredAt().isBefore(since)).map(ProviderAnswer::id);
        if (!repeated) {
            count(order.userId());
            log.append(fact);
        }
        if (!waiting.add(order.tradeNo())) {
            return Optional.empty();
        }
        try {
            return await(order.tradeNo(), before);
        } finally {
            waiting.remove(order.tradeNo());
        }
    }

    private void count(String userId) {
        Instant now = clock.instant();
        int checks = jdbc.sql("""
                insert into orders.payer_check as c (user_id, day, checks) values (:userId, :day::date, 1)
                on conflict (user_id) do update set day = excluded.day,
                    checks = 1 + case when c.day = excluded.day then c.checks else 0 end
                returning checks""")
                .param("userId", userId)
                .param("day", BeijingTime.dateOf(now).toString())
                .query(Integer.class)
                .single();
        if (checks > Limits.CHECKS_PER_DAY) {
            throw Refusal.later(OrderCode.TOO_MANY_CHECKS, Duration.between(now, BeijingTime.dayOf(now).end())).exception();
        }
    }

    /// The order may have moved by the answer before the answer itself is seen.
    private Optional<ProviderAnswer> await(String tradeNo, Optional<String> before) {
        long deadline = System.nanoTime() + Limits.ANSWER_WITHIN.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                Optional<ProviderAnswer> answer = timeline.lastAnswer(tradeNo).filter(each -> !before.equals(Optional.of(each.id())));
                if (answer.isPresent() || !orders.findByTradeNo(tradeNo).orElseThrow().status().mayBePaid()) {
                    return answer;
                }
                Thread.sleep(Limits.BETWEEN_LOOKS_FOR_ANSWER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
