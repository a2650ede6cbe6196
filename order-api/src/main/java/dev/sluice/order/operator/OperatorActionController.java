package dev.sluice.order.operator;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.CancelRequested;
import dev.sluice.event.CheckRequested;
import dev.sluice.event.HoldResolved;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.PaymentHeld;
import dev.sluice.event.QuotaCredited;
import dev.sluice.event.RefundEvent;
import dev.sluice.event.Resolution;
import dev.sluice.event.TopUpEvent;
import dev.sluice.event.value.Quota;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.act.OperatorAction;
import dev.sluice.order.act.OperatorActions;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.hold.HoldResolution;
import dev.sluice.order.pricing.ConfiguredAccounts;
import dev.sluice.order.timeline.Timeline;

/// What operators do about an order. Each act is a fact in the log, with who and why; what comes of it is in the timeline.
@RestController
class OperatorActionController {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorActionController.class);

    private final Orders orders;
    private final Timeline timeline;
    private final OperatorActions acts;
    private final Supplier<ConfiguredAccounts> accounts;
    private final HoldResolution resolving;
    private final EventLog eventLog;

    OperatorActionController(Orders orders, Timeline timeline, OperatorActions acts, Supplier<ConfiguredAccounts> accounts,
            HoldResolution resolving, EventLog eventLog) {
        this.orders = orders;
        this.timeline = timeline;
        this.acts = acts;
        this.accounts = accounts;
        this.resolving = resolving;
        this.eventLog = eventLog;
    }

    /// The request is in the log; what comes of it is in the order's timeline.
    record Recorded(String orderId) {}

    /// What an operator wants done about an order.
    ///
    /// @param refusal why it cannot be done
    /// @param also    what the log has to know before
    private record Wish(TopUpEvent fact, Optional<Refusal> refusal, List<OrderCreated> also) {}

    /// Has the provider asked about an order now.
    @PostMapping(path = "/api/topup/{orderId}/check", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<Recorded> check(
            @PathVariable String orderId,
            @RequestBody OperatorAction.Why why,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        OperatorAction act = OperatorAction.of(orderId, why, key, caller);
        return record(act, found -> {
            OrderCreated order = found.created();
            var fact = CheckRequested.of(order, act.actor(), act.reason(), act.key());
            boolean credited = found.status() == OrderStatus.CREDITED || found.status().isRefund();
            return new Wish(fact, credited ? Optional.of(Refusal.of(OrderCode.CHECK_NOT_NEEDED)) : unaskable(order), List.of());
        });
    }

    /// Ends an unpaid order, as soon as its provider reports no money.
    @PostMapping(path = "/api/topup/{orderId}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<Recorded> cancel(
            @PathVariable String orderId,
            @RequestBody OperatorAction.Why why,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        OperatorAction act = OperatorAction.of(orderId, why, key, caller);
        return record(act, order -> {
            var fact = new CancelRequested(order.tradeNumber(), act.actor(), act.reason(), act.key());
            return order.status().awaitsMoney()
                    // An order that never got a code may be missing in the log, and a fact about an unknown order could not end it.
                    ? new Wish(fact, unaskable(order.created()), order.status() == OrderStatus.NEW ? List.of(order.created()) : List.of())
                    : new Wish(fact, Optional.of(Refusal.of(OrderCode.CANCEL_NOT_POSSIBLE, order.status())), List.of());
        });
    }

    /// The order's provider cannot be queried, so the request would have no effect.
    private Optional<Refusal> unaskable(OrderCreated order) {
        return accounts.get().has(order.provider(), order.merchant())
                ? Optional.empty()
                : Optional.of(Refusal.of(OrderCode.ACCOUNT_NOT_SET_UP, order.merchant().appId(), order.merchant().merchantId()));
    }

    /// Appends an operator's request, unless the log has it or it does not apply: row, then log. A request that has the row and is missing
    /// in the log is appended when it is repeated with its key.
    private Shown<Recorded> record(OperatorAction act, Function<TopUpOrder, Wish> wanted) {
        refuse(act.refusal());
        Wish wish = orders.findByTradeNo(act.orderId()).map(wanted).orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
        TopUpEvent fact = wish.fact();
        UUID id = EventCodec.idOf(fact);
        Optional<TopUpEvent> before = timeline.find(act.orderId(), id);
        if (before.isPresent()) {
            return again(act, before.get());
        }
        refuse(wish.refusal());
        if (!acts.claim(id, act)) {
            throw Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT).exception();
        }
        eventLog.append(Stream.concat(wish.also().stream(), Stream.of(fact)).toList());
        LOG.atInfo().addKeyValue("trade_no", act.orderId()).addKeyValue("actor", act.actor())
                .addKeyValue("act", fact.getClass().getSimpleName()).log("operator action recorded");
        return Shown.of(new Recorded(act.orderId()));
    }

    private static void refuse(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw why.exception();
        });
    }

    /// The act of a key that the log knows already.
    private static Shown<Recorded> again(OperatorAction act, TopUpEvent before) {
        boolean same = switch (before) {
            case CheckRequested check -> check.actor().equals(act.actor()) && check.reason().equals(act.reason());
            case CancelRequested cancel -> cancel.actor().equals(act.actor()) && cancel.reason().equals(act.reason());
            case OrderCreated _,PaymentConfirmed _,QuotaCredited _,PaymentHeld _,OrderClosed _,HoldResolved _,RefundEvent _ -> false;
        };
        if (!same) {
            throw Refusal.of(OrderCode.IDEMPOTENCY_CONFLICT).exception();
        }
        return Shown.of(new Recorded(act.orderId()));
    }

    /// The body of `resolve`. What is left out follows from the order.
    static final class Decided {
        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        String resolution = "";
        @JsonProperty
        @JsonSetter(nulls = Nulls.FAIL)
        String reason = "";
        @JsonProperty
        @Nullable
        String transactionId;
        @JsonProperty
        @Nullable
        String userId;
        @JsonProperty
        @Nullable
        Long quota;
    }

    /// What was decided about a payment.
    ///
    /// @param resolution `credit` or `refund`
    /// @param userId     with `credit`: who is credited
    /// @param quota      with `credit`: how much
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resolved(TradeNumber orderId, String paymentMethod, TransactionId transactionId, String resolution, @Nullable UserId userId,
            @Nullable Quota quota) {
        static Resolved of(HoldResolved act) {
            return switch (act.resolution()) {
                case Resolution.Credit(var userId, var quota) -> new Resolved(act.tradeNumber(), act.provider().code(),
                        act.transactionId(), "credit", userId, quota);
                case Resolution.Refund() ->
                    new Resolved(act.tradeNumber(), act.provider().code(), act.transactionId(), "refund", null, null);
            };
        }
    }

    /// Decides about money that is held: it becomes quota, or is marked to be given back.
    @PostMapping(path = "/api/topup/{orderId}/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<Resolved> resolve(
            @PathVariable String orderId,
            @RequestBody Decided body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @AuthenticationPrincipal Caller caller) {
        refuse(OperatorAction.refusal(body.reason, key));
        HoldResolution.Wish wish = wish(body.resolution);
        if (body.transactionId != null && !TransactionId.isLegal(body.transactionId)) {
            throw Refusal.of(EdgeCode.MALFORMED, "transaction_id").exception();
        }
        var request = new HoldResolution.Request(orderId, wish, body.transactionId, body.userId, body.quota,
                new UserId(caller.user()),
                OperatorAction.kept(body.reason), key);
        return switch (resolving.resolve(request)) {
            case HoldResolution.Answer.Resolved(var act) -> Shown.of(Resolved.of(act));
            case HoldResolution.Answer.Refused(var why) -> throw why.exception();
        };
    }

    /// The payments that wait for a decision, oldest first; also those of orders that are credited, or that we never issued.
    @GetMapping("/api/topup/holds")
    Shown<List<OpenHold>> holds() {
        return Shown.of(resolving.open().stream().map(OpenHold::of).toList());
    }

    private static HoldResolution.Wish wish(String resolution) {
        return switch (resolution) {
            case "credit" -> HoldResolution.Wish.CREDIT;
            case "refund" -> HoldResolution.Wish.REFUND;
            default -> throw Refusal.of(EdgeCode.MALFORMED, "resolution credit, refund").exception();
        };
    }
}
