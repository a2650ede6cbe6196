package dev.sluice.order.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import dev.sluice.event.CancelRequested;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.evidence.ProviderAnswer;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;
import dev.sluice.log.LogRecords;
import dev.sluice.log.follow.LogRecord;
import dev.sluice.order.OrderInsertion;
import dev.sluice.order.OrdersDatabase;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.Providers;
import dev.sluice.testing.RandomBatches;

import static org.assertj.core.api.Assertions.assertThat;

/// The timelines that the log makes, on a real PostgreSQL.
@BesideOthers
class TimelineProjectionIT {
    private static final Instant NOW = Facts.AT.plusSeconds(60);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    /// What a view may cost for each poll, less the statements that lock and move its position.
    private static final int MOST_ROUND_TRIPS = 8 - 2;

    private static OrdersDatabase database;
    private static TimelineProjection view;
    private static Timeline timeline;
    private final LogRecords log = new LogRecords();
    private int notifications;

    @BeforeAll
    static void start() {
        database = new OrdersDatabase();
        view = new TimelineProjection(database.jdbc(), CLOCK, PaymentChannels.installed());
        timeline = new Timeline(database.jdbc(), CLOCK);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc().sql("truncate orders.timeline, orders.topup, orders.progress").update();
    }

    @Test
    void aPollCostsTheSameWhateverItsSize() {
        List<LogRecord> one = everyKind("ONE");
        List<LogRecord> many = IntStream.range(0, 200).mapToObj(i -> everyKind("MANY-" + i)).flatMap(List::stream).toList();

        int ofOne = database.roundTrips(() -> view.apply(one));
        int ofMany = database.roundTrips(() -> view.apply(many));

        assertThat(ofMany).isEqualTo(ofOne).isLessThanOrEqualTo(MOST_ROUND_TRIPS);
        assertThat(timeline.of("MANY-199")).hasSize(4);
    }

    /// The follower may hand over any part of the log again, however it is cut. Of forgeries only so many are kept, and always the same.
    @RepeatedTest(5)
    void theSameRecordsInOtherBatchesMakeTheSameRows(RepetitionInfo repetition) {
        place("A");
        List<LogRecord> all = new ArrayList<>(everyKind("A"));
        IntStream.range(0, Limits.FORGERIES_OF_AN_ORDER + 20)
                .forEach(_ -> all.add(log.of(notification("A", NotificationVerdict.FORGED, NOW, "x"))));
        all.addAll(everyKind("UNKNOWN"));
        all.forEach(record -> database.inTransaction(() -> view.apply(List.of(record))));
        List<String> oneByOne = rows();
        assertThat(timeline.of("A")).hasSize(4 + Limits.FORGERIES_OF_AN_ORDER);
        empty();
        place("A");

        new RandomBatches(repetition.getCurrentRepetition(), 40).of(all, batch -> database.inTransaction(() -> view.apply(batch)));

        assertThat(rows()).as("seed " + repetition.getCurrentRepetition()).isEqualTo(oneByOne);
        database.inTransaction(() -> view.apply(all));
        assertThat(rows()).as("all of it again").isEqualTo(oneByOne);
    }

    @Test
    void readsEachKindAsWhatItIs() {
        database.inTransaction(() -> view.apply(everyKind("A")));

        List<TimelineEntry> entries = timeline.of("A");

        assertThat(entries).extracting(entry -> ShownEntry.of(entry).kind()).containsExactlyInAnyOrder("OrderCreated", "PaymentConfirmed",
                "Notification", "ProviderAnswer");
        assertThat(entries).filteredOn(TimelineEntry.OfFact.class::isInstance).hasSize(2);
        assertThat(entries).filteredOn(entry -> entry instanceof TimelineEntry.OfAnswer(_, var answer) && answer.reason().equals("NOTPAY"))
                .hasSize(1);
    }

    /// One NUL or half a character must not keep the rest of an order from being seen.
    @Test
    void keepsWhatPostgresCannotCompare() {
        var strange = new CancelRequested(new TradeNumber("A"), new UserId("9"), "\0 and \ud800", "k");

        database.inTransaction(() -> view.apply(List.of(log.of(strange, NOW), log.of(Facts.order("A", 7, 7300, 5), NOW))));

        assertThat(timeline.of("A")).hasSize(2);
        assertThat(ShownEntry.of(timeline.of("A").getFirst()).data().path("reason").asString()).contains(" and ");
    }

    @Test
    void keepsAndShowsTheBeginningOfALongBody() {
        String body = "<out_trade_no>A</out_trade_no>" + "é".repeat(2 * Limits.SHOWN_OF_A_BODY);

        database.inTransaction(() -> view.apply(List.of(log.of(notification("A", NotificationVerdict.UNCLEAR, NOW, body)))));

        assertThat(timeline.of("A")).singleElement().satisfies(entry -> {
            assertThat(ShownEntry.of(entry).data().path("body").asString()).isEqualTo(body.substring(0, Limits.SHOWN_OF_A_BODY) + "…");
            assertThat(entry.kept().json().length()).isLessThan(4 * Limits.SHOWN_OF_A_BODY);
        });
    }

    private static void place(String number) {
        database.inTransaction(() -> new OrderInsertion(database.jdbc(), CLOCK).restore(List.of(Facts.order(number, 7, 7300, 5))));
    }

    private List<LogRecord> everyKind(String number) {
        var answer = new ProviderAnswer("ANSWER-" + number, Providers.WECHAT, new TradeNumber(number), ProviderAnswer.Question.QUERY, NOW,
                NOW,
                "<xml/>".getBytes(StandardCharsets.UTF_8), ProviderAnswer.Meaning.UNPAID, "NOTPAY");
        return List.of(log.of(Facts.order(number, 7, 7300, 5), Facts.AT), log.of(answer),
                log.of(notification(number, NotificationVerdict.UNCLEAR, NOW, "x")),
                log.of(Facts.payment(number, "X-" + number, 7300), NOW),
                // About an order that was never placed: not kept.
                log.of(notification(number + "-NEVER", NotificationVerdict.FORGED, NOW, "x")));
    }

    private Notification notification(String number, NotificationVerdict verdict, Instant at, String more) {
        byte[] body = (more.startsWith("<out") ? more : "<out_trade_no>" + number + "</out_trade_no>" + more)
                .getBytes(StandardCharsets.UTF_8);
        return Notification.whole("N" + notifications++, Providers.WECHAT, at, "/api/wechat/notify", "203.0.113.9", Map.of(), body, "",
                verdict,
                "why");
    }

    private static List<String> rows() {
        return Stream.of("orders.timeline")
                .flatMap(table -> database.jdbc().sql("select t::text from " + table + " t order by 1").query(String.class).list().stream())
                .toList();
    }
}
