package dev.sluice.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/// The orders as rows; how they move is in [OrderTransitions].
public interface Orders extends Repository<TopUpOrder, String> {
    Optional<TopUpOrder> findByTradeNo(String tradeNo);

    Optional<TopUpOrder> findByTradeNoAndUserId(String tradeNo, String userId);

    Optional<TopUpOrder> findByUserIdAndIdempotencyKey(String userId, String idempotencyKey);

    /// The user's orders whose number contains `keyword` (empty: all), newest first if `page` says so.
    Page<TopUpOrder> findByUserIdAndTradeNoContaining(String userId, String keyword, Pageable page);

    /// The order as it was after each move that came later than `version`.
    @Query("select * from orders.progress where trade_no = :tradeNo and version > :version order by version")
    List<TopUpOrder> progressAfter(String tradeNo, int version);

    /// All that payments brought the user, whoever's orders they were for.
    @Query("select coalesce(sum(quota), 0) from orders.credit where user_id = :userId")
    long creditedQuota(String userId);

    /// When the user's orders since `since` were placed, oldest first.
    @Query("select created_at from orders.topup where user_id = :userId and created_at > :since order by created_at")
    List<Instant> placedSince(String userId, Instant since);

    /// What the user's orders of a time were for, but for those that were closed without money.
    @Query("""
            select coalesce(sum(fen), 0) from orders.topup
            where user_id = :userId and created_at >= :from and created_at < :until and status <> 'CLOSED'""")
    long fenOrdered(String userId, Instant from, Instant until);

    /// When the user's orders that could be paid right now expire, soonest first. One whose code is only just being made counts;
    /// one whose provider gave none does not.
    @Query("""
            select expires_at from orders.topup
            where user_id = :userId and expires_at > :now
                and (status = 'AWAITING_PAYMENT' or (status = 'NEW' and coalesce(asked_at, created_at) > :beingMade))
            order by expires_at""")
    List<Instant> unpaidUntil(String userId, Instant now, Instant beingMade);
}
