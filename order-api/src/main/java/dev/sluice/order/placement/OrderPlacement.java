package dev.sluice.order.placement;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

import com.github.f4b6a3.ulid.UlidCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

import dev.sluice.event.CloseReason;
import dev.sluice.event.OrderClosed;
import dev.sluice.event.OrderCreated;
import dev.sluice.event.Purchase;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.Scene;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.OrderTransitions;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.Refusal;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;

/// Places an order: row, log, provider, code, in this order; each step may be repeated. A retry with the same key continues where the first
/// attempt stopped. A code is returned only after `OrderCreated` is in the log.
@Component
class OrderPlacement {
    private static final Logger LOG = LoggerFactory.getLogger(OrderPlacement.class);

    private final Supplier<SalesTerms> salesTerms;
    private final Orders orders;
    private final OrderTransitions moves;
    private final OrderLimits limits;
    private final EventLog eventLog;
    private final Clock clock;
    private final PaymentChannels channels;

    OrderPlacement(Supplier<SalesTerms> salesTerms, Orders orders, OrderTransitions moves, OrderLimits limits, EventLog eventLog,
            Clock clock,
            PaymentChannels channels) {
        this.salesTerms = salesTerms;
        this.orders = orders;
        this.moves = moves;
        this.limits = limits;
        this.eventLog = eventLog;
        this.clock = clock;
        this.channels = channels;
    }

    /// What is asked for.
    ///
    /// @param key the caller's `Idempotency-Key`, or one made for this request
    record Request(Caller caller, Provider provider, long amount, String key, String clientAddress) {}

    /// What came of it.
    sealed interface Placement {
        /// The order has a code.
        record Placed(TopUpOrder order) implements Placement {}

        record Refused(Refusal refusal) implements Placement {}
    }

    Placement place(Request request) {
        // All of one order by the same settings.
        SalesTerms terms = salesTerms.get();
        Optional<TopUpOrder> before = orders.findByUserIdAndIdempotencyKey(request.caller().userId().value(), request.key());
        Optional<ProviderConnection> payment = terms.payMethods().offered(request.provider());
        if (payment.isEmpty()) {
            // Switched off, a method takes no new orders; this may be an old one.
            return before.flatMap(order -> withoutAsking(request, order))
                    .orElseGet(() -> new Placement.Refused(notOffered(request.provider())));
        }
        return before.map(order -> again(request, order, payment.get())).orElseGet(() -> placeNew(request, terms, payment.get()));
    }

    private Optional<Placement> withoutAsking(Request request, TopUpOrder order) {
        if (!order.provider().equals(request.provider()) || order.amount() != request.amount()) {
            return Optional.of(new Placement.Refused(Refusal.of(AnswerCode.IDEMPOTENCY_CONFLICT)));
        }
        return switch (order.status()) {
            case NEW -> Optional.empty();
            case AWAITING_PAYMENT -> Optional.of(order.expiresAt().isAfter(clock.instant())
                    ? new Placement.Placed(order)
                    : new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED)));
            case PAID, CREDITED, HELD -> Optional.of(new Placement.Placed(order));
            case CLOSED -> Optional.of(new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED)));
        };
    }

    /// Whether orders can be placed by the method at all, offered or not.
    boolean knows(String method) {
        return channels.find(method).isPresent();
    }

    Refusal notOffered(Provider provider) {
        return channels.find(provider).map(channel -> Refusal.of(AnswerCode.METHOD_NOT_OFFERED, channel.presentation().payment()))
                .orElseGet(() -> Refusal.of(AnswerCode.METHOD_UNKNOWN));
    }

    private Placement again(Request request, TopUpOrder order, ProviderConnection payment) {
        if (!order.provider().equals(request.provider()) || order.amount() != request.amount()) {
            return new Placement.Refused(Refusal.of(AnswerCode.IDEMPOTENCY_CONFLICT));
        }
        return switch (order.status()) {
            case NEW, AWAITING_PAYMENT ->
                canBePaid(order, payment) ? codeOf(order, payment) : new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED));
            case PAID, CREDITED, HELD -> new Placement.Placed(order);
            case CLOSED -> new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED));
        };
    }

    /// Its time is not over, and the account that it names is still the one that we speak for.
    private boolean canBePaid(TopUpOrder order, ProviderConnection payment) {
        return order.expiresAt().isAfter(clock.instant()) && payment.merchant().equals(order.created().merchant());
    }

    private Placement placeNew(Request request, SalesTerms terms, ProviderConnection payment) {
        return switch (terms.priceList().price(request.provider(), request.amount(), request.caller().group())) {
            case PriceList.Pricing.Refused(var refusal) -> new Placement.Refused(refusal);
            case PriceList.Pricing.Priced priced -> {
                TopUpOrder order = TopUpOrder.of(created(request, terms, priced, payment), request.key(), request.clientAddress(),
                        terms.payMethods().notifyUrl(request.provider()).toString());
                yield insertAndFetch(request, terms, order, payment);
            }
        };
    }

    private OrderCreated created(Request request, SalesTerms terms, PriceList.Pricing.Priced priced, ProviderConnection payment) {
        // PostgreSQL keeps microseconds, and a fact that is appended twice must be the same.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new OrderCreated(
                TradeNumber.next(),
                request.provider(),
                payment.merchant(),
                Scene.NATIVE,
                priced.money(),
                terms.subject(),
                now,
                now.plus(terms.expiry()),
                new Purchase.TopUp(request.caller().userId(), priced.quota(), priced.quote()));
    }

    private Placement insertAndFetch(Request request, SalesTerms terms, TopUpOrder order, ProviderConnection payment) {
        try {
            return limits.insertWithin(order, terms.dailyLimit()).<Placement>map(Placement.Refused::new)
                    .orElseGet(() -> codeOf(order, payment));
        } catch (DuplicateKeyException e) {
            // The same key at the same moment: the other one's order is the order.
            return orders.findByUserIdAndIdempotencyKey(order.userId(), order.origin().idempotencyKey())
                    .map(found -> again(request, found, payment))
                    .orElseThrow(() -> e);
        }
    }

    /// One asks, the others wait for what becomes of it: asking is slow, and a hurried client must not fill the log.
    private Placement codeOf(TopUpOrder order, ProviderConnection payment) {
        Instant deadline = clock.instant().plus(Limits.ATTEMPT_WITHIN);
        TopUpOrder now = order;
        while (now.status() == OrderStatus.NEW && clock.instant().isBefore(deadline)) {
            if (moves.claim(order.tradeNumber(), clock.instant(), Limits.ATTEMPT_WITHIN)) {
                return fetchCode(order, payment);
            }
            pause();
            now = orders.findByTradeNo(order.tradeNo()).orElseThrow();
        }
        return switch (now.status()) {
            case NEW -> new Placement.Refused(Refusal.later(AnswerCode.PROVIDER_UNREACHABLE, InputLimits.RETRY_AFTER_OUTAGE));
            case AWAITING_PAYMENT, PAID, CREDITED, HELD -> new Placement.Placed(now);
            case CLOSED -> new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED));
        };
    }

    private static void pause() {
        try {
            Thread.sleep(Limits.BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an order waits for its code", e);
        }
    }

    private Placement fetchCode(TopUpOrder order, ProviderConnection payment) {
        try {
            eventLog.append(order.created());
        } catch (NotAppendedException e) {
            moves.release(order.tradeNumber());
            throw e;
        }
        Instant asked = clock.instant();
        var response = payment.qr().create(asked(order));
        return switch (response.answer()) {
            case QrAnswer.Ready(var action) -> {
                moves.awaitPayment(order.tradeNumber(), payUrl(action));
                LOG.atInfo().addKeyValue("trade_no", order.tradeNo()).addKeyValue("user", order.userId())
                        .addKeyValue("fen", order.money().minorUnits())
                        .log("order placed");
                TopUpOrder placed = orders.findByTradeNo(order.tradeNo()).orElseThrow();
                // Its time may have ended while the provider thought.
                yield placed.status() == OrderStatus.CLOSED
                        ? new Placement.Refused(Refusal.of(AnswerCode.ORDER_ENDED))
                        : new Placement.Placed(placed);
            }
            case QrAnswer.Refused(var reason) -> {
                LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).addKeyValue("reason", reason).log("provider refused the order");
                var answer = new ProviderAnswer(UlidCreator.getMonotonicUlid().toString(), order.provider(), order.tradeNumber(),
                        ProviderAnswer.Question.CREATE, asked, clock.instant(), response.body(), ProviderAnswer.Meaning.REFUSED, reason);
                eventLog.append(new OrderClosed(order.tradeNumber(), CloseReason.PROVIDER_REFUSED, salesTerms.get().late()));
                moves.close(order.tradeNumber());
                keep(answer);
                yield new Placement.Refused(Refusal.of(AnswerCode.PROVIDER_REFUSED));
            }
            case QrAnswer.Unknown(var why) -> {
                // The order stays NEW: a retry with the same key gets this order's code.
                LOG.atWarn().addKeyValue("trade_no", order.tradeNo()).addKeyValue("why", why).log("no code from the provider");
                moves.release(order.tradeNumber());
                yield new Placement.Refused(Refusal.later(AnswerCode.PROVIDER_UNREACHABLE, InputLimits.RETRY_AFTER_OUTAGE));
            }
        };
    }

    private static String payUrl(PayAction action) {
        return switch (action) {
            case PayAction.QrCode(var text) -> text;
            case PayAction.Redirect(var url) -> url.toString();
            case PayAction.InvokeBridge _ -> throw new IllegalStateException("a QR payment that is paid inside an app");
        };
    }

    /// For the timeline. The order has ended, whether it can be kept or not.
    private void keep(ProviderAnswer answer) {
        try {
            eventLog.append(answer);
        } catch (NotAppendedException e) {
            LOG.atWarn().addKeyValue("trade_no", answer.tradeNumber()).addKeyValue("why", e.getMessage())
                    .log("provider answer not appended");
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
