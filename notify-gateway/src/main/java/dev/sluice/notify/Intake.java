package dev.sluice.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.f4b6a3.ulid.UlidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.ConfirmationSource;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.SignedMessage;
import dev.sluice.provider.notification.Verdict;

/// Decides what a notification is, appends it, and only then gives the reply for its sender: a payment as a fact with the notification
/// as its evidence, anything else that is signed with a verdict. Of forgeries excerpts are appended, within a budget; all are counted, and
/// none is believed. A signed notification that comes again is not appended again.
@Component
class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final ProbeKey probeKey;
    private final Verifiers verifiers;
    private final ForgeryBudget forgeries;
    private final AppendedNotifications appended;
    private final EventLog eventLog;
    private final Clock clock;
    private final MeterRegistry meters;

    Intake(ProbeKey probeKey, Verifiers verifiers, ForgeryBudget forgeries, AppendedNotifications appended, EventLog eventLog, Clock clock,
            MeterRegistry meters) {
        this.probeKey = probeKey;
        this.verifiers = verifiers;
        this.forgeries = forgeries;
        this.appended = appended;
        this.eventLog = eventLog;
        this.clock = clock;
        this.meters = meters;
    }

    /// A request to a notify URL.
    ///
    /// @param body at most one byte more than the limit, which shows that it was longer
    // Never compared, and the body is plain bytes.
    @SuppressWarnings("ArrayRecordComponent")
    record Request(PaymentChannel channel, String path, String remoteAddress, Map<String, List<String>> headers, byte[] body) {
        private ReceivedNotification received(Instant at) {
            return new ReceivedNotification(UlidCreator.getMonotonicUlid().toString(), channel, at, path, remoteAddress, headers, body);
        }
    }

    /// Blocks until it is in the log or cannot be. Our own probe is answered and leaves no trace: it is no notification.
    NotificationReply take(Request request) {
        Provider provider = request.channel().provider();
        Optional<NotificationReply> probed = probeKey.answer(request.channel(), request.body());
        if (probed.isPresent()) {
            // Not a line for operators: anyone who has seen a probe can send it again and again.
            LOG.atDebug().addKeyValue("provider", provider).log("own probe arrived");
            return probed.get();
        }
        Instant at = clock.instant();
        Optional<NotificationVerifier> verifier = verifiers.find(provider);
        NotificationReply failure = verifier.map(NotificationVerifier::failure).orElseGet(request.channel().notifications()::failure);
        Verdict verdict = verifier.map(each -> each.verify(new RawNotification(request.headers(), request.body(), at)))
                .orElseGet(() -> new Verdict.Forged("no key to check it with: the account is not set up"));
        ReceivedNotification received = request.received(at);
        try {
            boolean believed = append(received, verdict);
            return verifier.filter(_ -> believed).map(NotificationVerifier::success).orElse(failure);
        } catch (NotAppendedException e) {
            count(provider, "not_recorded");
            LOG.atError().addKeyValue("notification", received.id()).addKeyValue("provider", provider).addKeyValue("why", e.getMessage())
                    .log("notification not recorded");
            return failure;
        }
    }

    /// @return whether it is believed and understood
    private boolean append(ReceivedNotification received, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Paid paid -> confirm(received, paid);
            case Verdict.NotAPayment(var what, var message) -> {
                if (appendSigned(received, NotificationVerdict.NOT_A_PAYMENT, what, message)) {
                    log(Level.INFO, received, what, "notification without a payment", "not_a_payment");
                }
                yield true;
            }
            case Verdict.Unclear(var why, var message) -> {
                if (appendSigned(received, NotificationVerdict.UNCLEAR, why, message)) {
                    log(Level.ERROR, received, why, "notification signed but not understood", "unclear");
                }
                yield false;
            }
            case Verdict.Forged(var why) -> {
                keepForged(received, why);
                yield false;
            }
        };
    }

    /// Appends the payment with its evidence.
    private boolean confirm(ReceivedNotification received, Verdict.Paid paid) {
        var confirmed = new PaymentConfirmed(
                paid.tradeNumber(),
                received.channel().provider(),
                paid.merchant(),
                paid.transactionId(),
                paid.money(),
                new Money(0, paid.money().currency()),
                paid.paidAt(),
                paid.paidAtBasis(),
                ConfirmationSource.NOTIFICATION,
                received.evidence());
        if (appendOnce(received, EventCodec.idOf(confirmed).toString(), () -> eventLog.append(confirmed))) {
            LOG.atInfo().addKeyValue("notification", received.id()).addKeyValue("provider", received.channel().provider())
                    .addKeyValue("trade_no", paid.tradeNumber()).addKeyValue("transaction", paid.transactionId()).log("payment confirmed");
            count(received.channel().provider(), "paid");
        }
        return true;
    }

    private boolean appendSigned(ReceivedNotification received, NotificationVerdict verdict, String reason, SignedMessage message) {
        Notification signed = received.signed(verdict, reason, message.tradeNumber().map(TradeNumber::value).orElse(""));
        return appendOnce(received, received.channel().provider() + " " + message.identity(), () -> eventLog.append(signed));
    }

    private boolean appendOnce(ReceivedNotification received, String identity, Runnable append) {
        boolean isNew = appended.appendOnce(identity, append);
        if (!isNew) {
            count(received.channel().provider(), "repeated");
        }
        return isNew;
    }

    /// What is not kept is counted, not logged: a flood must not fill the disk through the log either.
    private void keepForged(ReceivedNotification received, String why) {
        Notification forged = received.forged(why);
        if (forgeries.keepOneMore(received.remoteAddress(), ReceivedNotification.bytes(forged))) {
            eventLog.append(forged);
            log(Level.WARN, received, why, "notification rejected as forged", "forged");
        } else {
            count(received.channel().provider(), "forged_not_kept");
        }
    }

    private void log(Level level, ReceivedNotification received, String why, String text, String verdict) {
        Provider provider = received.channel().provider();
        LOG.atLevel(level).addKeyValue("notification", received.id()).addKeyValue("provider", provider).addKeyValue("why", why).log(text);
        count(provider, verdict);
    }

    private void count(Provider provider, String verdict) {
        meters.counter("sluice.notifications", "provider", provider.code(), "verdict", verdict).increment();
    }
}
