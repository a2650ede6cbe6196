package dev.sluice.order.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Shown;
import dev.sluice.order.redrive.OpenLetters;

/// The alerts that fire now, for a console without a Prometheus, and how the parts of this app are.
@RestController
class AlertController {
    private static final Logger LOG = LoggerFactory.getLogger(AlertController.class);
    private static final Set<Alert> BY_ORDERS = EnumSet.of(Alert.MONEY_WAITING, Alert.NEW_HOLD, Alert.HOLD_OPEN, Alert.ORDERS_OVERDUE,
            Alert.ORDERS_UNASKABLE);

    private final OrderMeasures orders;
    private final OwnMeasures own;
    private final OpenLetters letters;
    private final Parts parts;
    private final Clock clock;

    AlertController(OrderMeasures orders, OwnMeasures own, OpenLetters letters, Parts parts, Clock clock) {
        this.orders = orders;
        this.own = own;
        this.letters = letters;
        this.parts = parts;
        this.clock = clock;
    }

    /// An alert that fires.
    ///
    /// @param name     as in `alerts.yml` and in the runbook
    /// @param severity `critical` needs an operator now, `warning` within the day
    /// @param since    since when, if that is known
    /// @param summary  what holds now
    /// @param remedy   what an operator does about it
    record FiringAlert(String name, String severity, @Nullable Instant since, String summary, String remedy) {
        static FiringAlert of(Finding finding, Locale locale) {
            return new FiringAlert(finding.alert().label(), finding.alert().severity().label(), finding.since(),
                    finding.alert().summary(locale, finding.values().toArray()), finding.alert().remedy(locale));
        }
    }

    /// What this app can know of the alerts.
    ///
    /// @param firing      the critical ones first
    /// @param notObserved those that only Prometheus can know, and those that could not be looked at now
    /// @param thisAppOnly those that are looked at in this instance of this app and in no other app
    /// @param parts       how the parts of this app are
    /// @param now         the server's time of this answer
    record Alerts(List<FiringAlert> firing, List<String> notObserved, List<String> thisAppOnly, List<Part> parts, Instant now) {}

    @GetMapping("/api/topup/alerts")
    Shown<Alerts> alerts(Locale locale) {
        Set<Alert> unknown = EnumSet.copyOf(Alert.of(Alert.Scope.NOTHING));
        List<Finding> found = new ArrayList<>(own.findings());
        boolean database = look(BY_ORDERS, unknown, () -> found.addAll(orders.findings()));
        look(Set.of(Alert.DEAD_LETTER), unknown, () -> {
            List<Instant> open = letters.ofTheLast(Limits.LETTER_FIRES);
            open.stream().min(Comparator.naturalOrder()).ifPresent(first -> found.add(Finding.of(Alert.DEAD_LETTER, first, open.size())));
        });
        if (own.disk().isEmpty()) {
            unknown.addAll(Set.of(Alert.DISK_FILLS_UP, Alert.DISK_ALMOST_FULL));
        }
        List<FiringAlert> firing = found.stream().sorted(Comparator.comparing((Finding each) -> each.alert().severity())
                .thenComparing(Finding::alert)).map(each -> FiringAlert.of(each, locale)).toList();
        return Shown.of(new Alerts(firing, labels(unknown.stream()), labels(Alert.of(Alert.Scope.THIS_APP).stream()),
                parts.now(database, locale), clock.instant()));
    }

    private static List<String> labels(Stream<Alert> alerts) {
        return alerts.map(Alert::label).toList();
    }

    /// Whether the alerts could be looked at.
    private static boolean look(Set<Alert> alerts, Set<Alert> unknown, Runnable work) {
        try {
            work.run();
            return true;
        } catch (DataAccessException | TransactionException e) {
            LOG.atWarn().addKeyValue("why", e.toString()).addKeyValue("alerts", alerts).log("alerts not looked at");
            unknown.addAll(alerts);
            return false;
        }
    }
}
