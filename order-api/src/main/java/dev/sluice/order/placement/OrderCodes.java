package dev.sluice.order.placement;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.f4b6a3.ulid.UlidCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.PayAction;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.OrderTransitions.Claim;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.placement.OrderPlacement.Placement;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;

/// Has the provider make an order's code: log, provider, row, in this order; each step may be repeated. `OrderCreated` is appended once,
/// however often a caller retries, and before the provider is asked.
@Component
class OrderCodes {
    private static final Logger LOG = LoggerFactory.getLogger(OrderCodes.class);
    /// A page shows the code and a payer's phone opens it: it must be what the providers' codes are.
    private static final List<String> SCHEMES = List.of("weixin://", "https://");

    private final Orders orders;
    private final OrderTransitions moves;
    private final EventLog eventLog;
    private final Supplier<SalesTerms> salesTerms;
    private final Clock clock;
    private final CodeWaiters waiters = new CodeWaiters();

    OrderCodes(Orders orders, OrderTransitions moves, EventLog eventLog, Supplier<SalesTerms> salesTerms, Clock clock) {
        this.orders = orders;
        this.moves = moves;
        this.eventLog = eventLog;
        this.salesTerms = salesTerms;
        this.clock = clock;
    }

    /// In a timeline the answer stands before what followed from it.
    private record Call(Instant asked, Instant answered, ProviderResponse<QrAnswer> response) {}

    /// One request asks the provider, a few wait for what becomes of it, the others are asked to retry: asking is slow.
    Placement codeOf(TopUpOrder order, ProviderConnection payment) {
        Optional<Placement> asked = ask(order, payment);
        if (asked.isPresent()) {
            return asked.get();
        }
        if (!waiters.enter(order.tradeNumber())) {
            return comeAgain();
        }
        try {
            return await(order, payment);
        } finally {
            waiters.leave(order.tradeNumber());
        }
    }

    private Placement await(TopUpOrder order, ProviderConnection payment) {
        Instant deadline = clock.instant().plus(Limits.ATTEMPT_WITHIN);
        while (clock.instant().isBefore(deadline)) {
            pause();
            TopUpOrder now = orders.findByTradeNo(order.tradeNo()).orElseThrow();
            if (now.status() != OrderStatus.NEW) {
                return placed(now);
            }
            Optional<Placement> asked = ask(order, payment);
            if (asked.isPresent()) {
                return asked.get();
            }
        }
        return comeAgain();
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an order waits for its code", e);
        }
    }

    private static Placement placed(TopUpOrder order) {
        return switch (order.status()) {
            case NEW -> comeAgain();
            case AWAITING_PAYMENT, PAID, CREDITED, HELD, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> new Placement.Placed(order);
            case CLOSED -> new Placement.Refused(Refusal.of(OrderCode.ORDER_ENDED));
        };
    }

    private static Placement comeAgain() {
        return new Placement.Refused(Refusal.soon(OrderCode.PROVIDER_UNREACHABLE));
    }

    /// Asks the provider, unless another request does, or the order has its code; then empty.
    private Optional<Placement> ask(TopUpOrder order, ProviderConnection payment) {
        if (order.status() != OrderStatus.NEW) {
            return Optional.of(placed(order));
        }
        return moves.claim(order.tradeNumber(), clock.instant(), Limits.ATTEMPT_WITHIN).map(claim -> ask(order, payment, claim));
    }

    private Placement ask(TopUpOrder order, ProviderConnection payment, Claim claim) {
        Claim now = claim;
        try {
            if (!payment.hasRoom()) {
                LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).log("too many calls wait for the provider");
                moves.release(order.tradeNumber(), claim);
                return comeAgain();
            }
            if (!claim.published()) {
                eventLog.append(order.created());
                now = new Claim(true, claim.answer());
            }
            return fetch(order, payment, now);
        } catch (RuntimeException e) {
            // Else nothing could ask for this code before the claim has run out.
            moves.release(order.tradeNumber(), now);
            throw e;
        }
    }

    private Placement fetch(TopUpOrder order, ProviderConnection payment, Claim claim) {
        Instant asked = clock.instant();
        var response = payment.qr().create(asked(order));
        var call = new Call(asked, clock.instant(), response);
        return switch (response.answer()) {
            case QrAnswer.Ready(var action) when mayBeShown(action) -> {
                moves.awaitPayment(order.tradeNumber(), action);
                LOG.atInfo().addKeyValue("trade_no", order.tradeNo()).addKeyValue("user", order.userId())
                        .addKeyValue("fen", order.money().minorUnits())
                        .log("order placed");
                // Its time may have ended, or its money may have come, while the provider thought.
                yield placed(orders.findByTradeNo(order.tradeNo()).orElseThrow());
            }
            case QrAnswer.Ready _ -> unknown(order, claim, call, "a code that is neither a weixin nor an https address");
            case QrAnswer.Refused(var reason) -> {
                LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).addKeyValue("reason", reason).log("provider refused the order");
                eventLog.append(new OrderClosed(order.tradeNumber(), CloseReason.PROVIDER_REFUSED, salesTerms.get().late()));
                moves.close(order.tradeNumber());
                keep(order, call, ProviderAnswer.Meaning.REFUSED, reason);
                yield new Placement.Refused(Refusal.of(OrderCode.PROVIDER_REFUSED));
            }
            case QrAnswer.Unknown(var why) -> unknown(order, claim, call, why);
        };
    }

    /// The order stays NEW: a retry with the same key gets this order's code.
    private Placement unknown(TopUpOrder order, Claim claim, Call call, String why) {
        LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).addKeyValue("why", why).log("no code from the provider");
        moves.release(order.tradeNumber(), new Claim(true, why));
        // A client that retries without end must not fill the log with what it has.
        if (!why.equals(claim.answer())) {
            keep(order, call, ProviderAnswer.Meaning.UNKNOWN, why);
        }
        return comeAgain();
    }

    private static boolean mayBeShown(PayAction action) {
        return switch (action) {
            case PayAction.QrCode(var text) -> SCHEMES.stream().anyMatch(text::startsWith);
            case PayAction.Redirect(var url) -> SCHEMES.stream().anyMatch(url.toString()::startsWith);
            case PayAction.InvokeBridge _ -> true;
        };
    }

    /// For the timeline. The order continues, whether the answer can be kept or not.
    private void keep(TopUpOrder order, Call call, ProviderAnswer.Meaning meaning, String reason) {
        try {
            eventLog.append(new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), order.provider(), order.tradeNumber(),
                    ProviderAnswer.Question.CREATE, call.asked(), call.answered(), call.response().body(), meaning, reason));
        } catch (NotAppendedException e) {
            LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).addKeyValue("why", e.getMessage()).log("provider answer not appended");
        }
    }

    /// All its parameters are stored with the order: WeChat Pay refuses a number that comes again with other parameters.
    private static QrOrder asked(TopUpOrder order) {
        return new QrOrder(
                order.tradeNumber(),
                order.money(),
                order.created().subject(),
                order.createdAt(),
                order.expiresAt(),
                URI.create(order.origin().notifyUrl()),
                order.origin().clientAddress());
    }
}
