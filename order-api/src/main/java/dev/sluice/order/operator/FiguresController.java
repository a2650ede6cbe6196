package dev.sluice.order.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.provider.wire.BeijingTime;

/// The figures of the last days.
@RestController
class FiguresController {
    private static final int HALF = 50;
    private static final int NEARLY_ALL = 99;

    private final Figures figures;
    private final Clock clock;

    FiguresController(Figures figures, Clock clock) {
        this.figures = figures;
        this.clock = clock;
    }

    /// How long after their payment orders were credited.
    ///
    /// @param halfWithin      seconds; null without orders, or when it took more than half an hour
    /// @param nearlyAllWithin the same of 99 of 100
    record Delay(@Nullable Long halfWithin, @Nullable Long nearlyAllWithin) {
        static Delay of(CreditDelay delay) {
            return new Delay(delay.within(HALF).map(Duration::toSeconds).orElse(null),
                    delay.within(NEARLY_ALL).map(Duration::toSeconds).orElse(null));
        }
    }

    /// @param today     the day in Beijing
    /// @param days      newest first; a day without a move has no row
    /// @param waiting   what is paid and not credited now
    /// @param openHolds payments that wait for a decision, also those of orders that we never issued
    record Overview(LocalDate today, List<Figures.OfDay> days, List<Figures.WaitingOrders> waiting, long openHolds, Delay creditedToday,
            Delay creditedInAll) {}

    @GetMapping("/api/topup/figures")
    Shown<Overview> figures(@RequestParam(defaultValue = "30") int days) {
        if (days < 1 || days > Limits.DAYS_OF_FIGURES) {
            throw Refusal.of(EdgeCode.MALFORMED, "days 1.." + Limits.DAYS_OF_FIGURES).exception();
        }
        LocalDate today = BeijingTime.dateOf(clock.instant());
        LocalDate first = today.minusDays(days - 1L);
        return Shown
                .of(new Overview(today, figures.since(first), figures.waiting(), figures.openHolds(), Delay.of(figures.delaySince(today)),
                        Delay.of(figures.delaySince(first))));
    }
}
