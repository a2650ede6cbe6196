package dev.sluice.order.operator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.order.OrderStatus;
import dev.sluice.order.Orders;
import dev.sluice.order.TopUpOrder;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.timeline.PaymentSummary;
import dev.sluice.order.timeline.ShownEntry;
import dev.sluice.order.timeline.Timeline;
import dev.sluice.order.timeline.TimelineEntry;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;

/// What operators see: all orders, and everything that is known of one.
@RestController
class OrderListController {
    private static final int DEFAULT_SIZE = 20;
    private static final String TIME = "2026-11-22T08:00:00Z";
    /// The parameters of the list, and what each may be.
    private static final Map<String, String> PARAMETERS = Map.of(
            "status", Arrays.stream(OrderStatus.values()).map(OrderStatus::name).collect(Collectors.joining(" | ")),
            "payment_method", "a provider, such as wechat",
            "user", "1.." + UserId.MAX_LENGTH,
            "from", TIME,
            "until", TIME,
            "least_money", "73.00",
            "most_money", "73.00",
            "text", "<= " + InputLimits.KEYWORD_LENGTH,
            "page_size", "1.." + InputLimits.PAGE_SIZE,
            "after", "next");

    private final OrderList list;
    private final Orders orders;
    private final Timeline timeline;
    private final Holds holds;
    private final PaymentChannels channels;

    OrderListController(OrderList list, Orders orders, Timeline timeline, Holds holds, PaymentChannels channels) {
        this.list = list;
        this.orders = orders;
        this.timeline = timeline;
        this.holds = holds;
        this.channels = channels;
    }

    /// @param next the `after` of the next page; the last page has none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderPage(List<OrderList.Row> items, @Nullable String next) {}

    /// @param status of an order of ours
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderTimeline(String orderId, String story, @Nullable OrderStatus status, List<ShownEntry> entries) {}

    /// Newest first.
    @GetMapping("/api/topup")
    Shown<OrderPage> all(@RequestParam MultiValueMap<String, String> query) {
        try {
            query.forEach((name, values) -> {
                if (!PARAMETERS.containsKey(name) || values.size() != 1) {
                    throw new IllegalArgumentException(name + "?");
                }
            });
            int size = value(query, "page_size", OrderListController::size).orElse(DEFAULT_SIZE);
            OrderList.Search search = search(query);
            if (list.tooManyBeginWith(search.text())) {
                throw new IllegalArgumentException("text: more than " + Limits.ORDERS_OF_A_TEXT + " orders begin with it");
            }
            List<OrderList.Row> rows = list.page(search, value(query, "after", OrderListController::key), size + 1);
            String next = rows.size() > size ? text(rows.get(size - 1).key()) : null;
            return Shown.of(new OrderPage(rows.stream().limit(size).toList(), next));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(EdgeCode.MALFORMED, String.valueOf(e.getMessage())).exception();
        }
    }

    private OrderList.Search search(MultiValueMap<String, String> query) {
        return new OrderList.Search(
                value(query, "status", OrderStatus::valueOf),
                value(query, "payment_method", this::provider),
                value(query, "user", text -> new UserId(text).value()),
                value(query, "from", OrderListController::instant),
                value(query, "until", OrderListController::instant),
                value(query, "least_money", OrderListController::fen),
                value(query, "most_money", OrderListController::fen),
                value(query, "text", OrderListController::text).orElse(""));
    }

    private static int size(String text) {
        int size = Integer.parseInt(text);
        if (size < 1 || size > InputLimits.PAGE_SIZE) {
            throw new IllegalArgumentException();
        }
        return size;
    }

    /// PostgreSQL knows no NUL.
    private static String text(String text) {
        if (text.length() > InputLimits.KEYWORD_LENGTH || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private Provider provider(String method) {
        return channels.find(method).map(PaymentChannel::provider).orElseThrow(IllegalArgumentException::new);
    }

    /// A time that PostgreSQL knows, too.
    private static Instant instant(String text) {
        Instant instant = Instant.parse(text);
        if (instant.isBefore(Limits.EARLIEST) || !instant.isBefore(Limits.LATEST)) {
            throw new IllegalArgumentException();
        }
        return instant;
    }

    /// The zeros of `1E999999999` must not be written out.
    private static long fen(String yuan) {
        return new BigDecimal(yuan).scaleByPowerOfTen(2).longValueExact();
    }

    private static <T> Optional<T> value(MultiValueMap<String, String> query, String name, Function<String, T> read) {
        try {
            return Optional.ofNullable(query.getFirst(name)).filter(text -> !text.isBlank()).map(read);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException(name + ": " + PARAMETERS.get(name));
        }
    }

    private static String text(OrderList.Key key) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((key.createdAt() + " " + key.tradeNo()).getBytes(StandardCharsets.UTF_8));
    }

    private static OrderList.Key key(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
        if (parts.length != 2 || !TradeNumber.isLegal(parts[1])) {
            throw new IllegalArgumentException();
        }
        return new OrderList.Key(instant(parts[0]), parts[1]);
    }

    /// Why was it credited, or why not: everything that is known, oldest first, and in plain text where the money is.
    @GetMapping("/api/topup/{orderId}/timeline")
    Shown<OrderTimeline> timeline(@PathVariable String orderId, Locale locale) {
        Optional<TopUpOrder> order = orders.findByTradeNo(orderId);
        List<TimelineEntry> entries = timeline.of(orderId);
        if (order.isEmpty() && entries.isEmpty()) {
            throw Refusal.of(EdgeCode.NOT_FOUND).exception();
        }
        return Shown.of(new OrderTimeline(orderId, PaymentSummary.of(order, entries, holds.of(orderId), locale),
                order.map(TopUpOrder::status).orElse(null), entries.stream().map(ShownEntry::of).toList()));
    }
}
