package dev.sluice.reconcile.pending;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.UserId;

/// An order that money may still come for.
///
/// @param account    where its payer pays
/// @param due        when its provider is asked
/// @param cancelling whether an operator wants it to end before its time
/// @param watching   its user, and the page that is open on it
/// @param known      the provider's last answers that are in the log
record PendingOrder(
        TradeNumber tradeNumber,
        Account account,
        Instant createdAt,
        Instant expiresAt,
        Due due,
        CancelState cancelling,
        Watching watching,
        KnownAnswers known) {
    /// A provider's account.
    record Account(Provider provider, Merchant merchant) {}

    /// When the provider is asked.
    ///
    /// @param at       the next time, or null while its payment is confirmed and has no outcome
    /// @param wishedAt the latest time, requested after an instance began its query
    /// @param failures answers in a row without information, or facts in a row that the view has not read
    /// @param checked  whether a check was requested: the next answer is kept, also when it is the same again
    record Due(@Nullable Instant at, Optional<Instant> wishedAt, int failures, boolean checked) {
        static final Due AFTER_THE_OUTCOME = new Due(null, Optional.empty(), 0, false);

        /// Then, or sooner.
        Due hurried(Instant wish) {
            return at == null
                    ? this
                    : new Due(earlier(at, wish), Optional.of(wishedAt.map(before -> earlier(before, wish)).orElse(wish)), failures,
                            checked);
        }

        /// As after an answer with information.
        Due fresh() {
            return new Due(at, wishedAt, 0, checked);
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }

    /// Who may watch an order, and the page that is open on it.
    ///
    /// @param user  whose order it is, as far as known
    /// @param spent whether the open pages of that user have caused all the questions of the day that they may
    record Watching(Optional<UserId> user, boolean spent, Optional<Watched> page) {
        private Watching with(Watched next) {
            return new Watching(user, spent, Optional.of(next));
        }
    }

    /// A page is open.
    ///
    /// @param until how long that may be believed
    record Watched(Instant since, Instant until) {}

    static PendingOrder expected(TradeNumber number, Account account, Optional<UserId> user, Instant createdAt, Instant expiresAt,
            Instant firstAsk) {
        return new PendingOrder(number, account, createdAt, expiresAt, new Due(firstAsk, Optional.empty(), 0, false), CancelState.NONE,
                new Watching(user, false, Optional.empty()), KnownAnswers.NONE);
    }

    Provider provider() {
        return account.provider();
    }

    int failures() {
        return due.failures();
    }

    /// The page that makes the provider be asked more often.
    Optional<Watched> watched() {
        return watching.spent() ? Optional.empty() : watching.page();
    }

    /// Whose open page caused the question that was asked at `now`.
    Optional<UserId> askedFor(Instant now) {
        return watched().filter(page -> page.until().isAfter(now)).flatMap(_ -> watching.user());
    }

    /// A notification without a payment wants it asked for.
    PendingOrder check(Instant at) {
        return with(due.hurried(at).fresh(), cancelling, watching);
    }

    /// Its payment is confirmed. Its provider is not asked before the outcome of that payment, or an operator, wants it.
    PendingOrder awaitOutcome() {
        return with(Due.AFTER_THE_OUTCOME, cancelling, watching);
    }

    /// As [#check], also while it waits for an outcome.
    PendingOrder wake(Instant at) {
        return due.at() == null ? with(new Due(at, Optional.of(at), 0, due.checked()), cancelling, watching) : check(at);
    }

    /// A check was requested: as [#wake], and the answer is kept in any case.
    PendingOrder checked(Instant at) {
        PendingOrder woken = wake(at);
        return woken.with(new Due(woken.due().at(), woken.due().wishedAt(), 0, true), cancelling, watching);
    }

    /// An operator cancels it. Repeated, nothing changes.
    PendingOrder cancel(Instant at) {
        return cancelling == CancelState.NONE ? with(due.hurried(at).fresh(), CancelState.WANTED, watching) : this;
    }

    /// It was cancelled, by the log. It is still asked for, until the provider takes no money for it any more.
    PendingOrder cancelled() {
        return with(due, CancelState.ENDED, watching);
    }

    /// A page is open on it. One that was just opened brings the next question forward.
    PendingOrder watch(Instant now, Instant until, Instant firstAsk) {
        Optional<Watched> same = watching.page().filter(page -> !page.until().isBefore(now));
        Instant longest = same.map(Watched::until).filter(before -> before.isAfter(until)).orElse(until);
        return with(same.isPresent() || watching.spent() ? due : due.hurried(firstAsk), cancelling,
                watching.with(new Watched(same.map(Watched::since).orElse(now), longest)));
    }

    private PendingOrder with(Due nextDue, CancelState nextCancelling, Watching nextWatching) {
        return new PendingOrder(tradeNumber, account, createdAt, expiresAt, nextDue, nextCancelling, nextWatching, known);
    }
}
