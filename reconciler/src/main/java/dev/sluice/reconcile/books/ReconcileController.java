package dev.sluice.reconcile.books;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.provider.bill.BillOf;
import dev.sluice.provider.wire.BeijingTime;
import dev.sluice.reconcile.daily.BillDesk;

/// Days and their differences, for auditors and operators; only operators run a day again and resolve.
@RestController
class ReconcileController {
    private static final int DEFAULT_DAYS = 31;

    private final Days days;
    private final Cases cases;
    private final CaseResolution resolution;
    private final BillDesk desk;
    private final Clock clock;

    ReconcileController(Days days, Cases cases, CaseResolution resolution, BillDesk desk, Clock clock) {
        this.days = days;
        this.cases = cases;
        this.resolution = resolution;
        this.desk = desk;
        this.clock = clock;
    }

    record DayList(List<DayAnswer> items) {}

    /// @param open  differences that wait for an operator, by kind
    /// @param cases of this page, open or not
    /// @param next  the `after` of the next page; the last page has none
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DayDetail(DayAnswer day, Map<String, Long> open, List<CaseAnswer> cases, @Nullable UUID next) {}

    record Wanted(String provider, LocalDate day) {}

    /// @param act what was done, shortly
    record Decision(String act, String reason) {}

    /// The days of all accounts, the latest first.
    @GetMapping("/api/reconcile/days")
    Shown<DayList> days(@RequestParam(required = false) @Nullable LocalDate from, @RequestParam(required = false) @Nullable LocalDate to) {
        LocalDate last = to == null ? BeijingTime.dateOf(clock.instant()) : to;
        return Shown.of(new DayList(days.between(from == null ? last.minusDays(DEFAULT_DAYS) : from, last)));
    }

    /// One day with its differences.
    @GetMapping("/api/reconcile/{provider}/{day}")
    Shown<DayDetail> day(@PathVariable String provider, @PathVariable LocalDate day, @RequestParam(defaultValue = "") String kind,
            @RequestParam(required = false) @Nullable UUID after) {
        DayAnswer found = days.find(provider(provider), day).orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
        List<CaseAnswer> page = cases.of(found, kind, after, Limits.PAGE_SIZE + 1);
        boolean isLast = page.size() <= Limits.PAGE_SIZE;
        List<CaseAnswer> shown = isLast ? page : page.subList(0, Limits.PAGE_SIZE);
        return Shown.of(new DayDetail(found, cases.open(found), shown, isLast ? null : shown.getLast().id()));
    }

    /// Has the bill of a day fetched and compared again.
    @PostMapping("/api/reconcile/{provider}/{day}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Shown<Wanted> run(@PathVariable String provider, @PathVariable LocalDate day, @AuthenticationPrincipal Caller caller) {
        BillOf of = over(provider, day);
        desk.runAgain(of, new UserId(caller.user()));
        return Shown.of(new Wanted(of.provider().code(), day));
    }

    /// Resolves a difference. The first decision counts.
    @PostMapping(path = "/api/reconcile/cases/{id}/resolve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shown<CaseAnswer> resolve(@PathVariable UUID id, @RequestBody Decision decision,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key, @AuthenticationPrincipal Caller caller) {
        require(!decision.act().isBlank() && decision.act().length() <= Limits.ACT_LENGTH, "act 1.." + Limits.ACT_LENGTH);
        require(!decision.reason().isBlank() && decision.reason().length() <= Limits.REASON_LENGTH, "reason 1.." + Limits.REASON_LENGTH);
        require(key == null || (!key.isBlank() && key.length() <= Limits.KEY_LENGTH), "Idempotency-Key 1.." + Limits.KEY_LENGTH);
        return Shown.of(resolution.resolve(id, decision.act(), decision.reason(), new UserId(caller.user())));
    }

    private BillOf over(String provider, LocalDate day) {
        BillOf of = desk.of(provider(provider), day).orElseThrow(() -> Refusal.of(ReconcileCode.ACCOUNT_UNKNOWN).exception());
        if (!desk.isOver(day)) {
            throw Refusal.of(ReconcileCode.DAY_NOT_OVER).exception();
        }
        return of;
    }

    private static Provider provider(String code) {
        return Optional.of(code).filter(Provider::isLegal).map(Provider::new)
                .orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw Refusal.of(EdgeCode.MALFORMED, what).exception();
        }
    }
}
