package dev.sluice.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.f4b6a3.ulid.UlidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import dev.sluice.event.ConfirmationSource;
import dev.sluice.event.PaymentConfirmed;
import dev.sluice.event.evidence.Evidence;
import dev.sluice.event.evidence.Notification;
import dev.sluice.event.evidence.NotificationVerdict;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.log.EventCodec;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RawNotification;
import dev.sluice.provider.notification.Verdict;

/// Decides what a notification is, appends it, and only then gives the reply for its sender: a payment as a fact with the notification
/// as its evidence, anything else with a verdict. Of a flood of forgeries only some are appended; all are counted, and none is believed.
@Component
class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final ProbeKey probeKey;
    private final Verifiers verifiers;
    private final ForgedNotificationLimit forgeries;
    private final EventLog eventLog;
    private final Clock clock;
    private final MeterRegistry meters;
    /// The facts that were appended a moment ago, by their id.
    private final Cache<UUID, String> appended = Caffeine.newBuilder().maximumSize(Limits.REMEMBERED_PAYMENTS)
            .expireAfterWrite(Limits.REPEATED_WITHIN).build();

    Intake(ProbeKey probeKey, Verifiers verifiers, ForgedNotificationLimit forgeries, EventLog eventLog, Clock clock,
            MeterRegistry meters) {
        this.probeKey = probeKey;
        this.verifiers = verifiers;
        this.forgeries = forgeries;
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
        private Received received(Instant at) {
            return new Received(UlidCreator.getMonotonicUlid().toString(), channel, at, path, remoteAddress, headers,
                    body.length <= Limits.BODY_BYTES ? body : Arrays.copyOf(body, Limits.BODY_BYTES));
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
        if (verdict instanceof Verdict.Forged && !forgeries.keepOneMore(request.remoteAddress())) {
            // Counted, not logged: a flood must not fill the disk through the log either.
            count(provider, "forged_not_kept");
            return failure;
        }
        Received received = request.received(at);
        try {
            boolean believed = append(received, verdict);
            tell(received.id(), provider, verdict);
            return verifier.filter(_ -> believed).map(NotificationVerifier::success).orElse(failure);
        } catch (NotAppendedException e) {
            count(provider, "not_recorded");
            LOG.atError().addKeyValue("notification", received.id()).addKeyValue("provider", provider).addKeyValue("why", e.getMessage())
                    .log("notification not recorded");
            return failure;
        }
    }

    /// A notification as it came, before a verdict.
    // Never compared, and the body is nothing but bytes.
    @SuppressWarnings("ArrayRecordComponent")
    private record Received(String id, PaymentChannel channel, Instant at, String path, String remoteAddress,
            Map<String, List<String>> headers,
            byte[] body) {
        Notification judged(NotificationVerdict verdict, String reason) {
            return new Notification(id, channel.provider(), at, path, remoteAddress, headers, body, verdict, reason);
        }

        /// With the headers that a signature can depend on.
        Evidence evidence() {
            Map<String, List<String>> kept = new TreeMap<>(headers);
            kept.keySet().removeIf(name -> channel.notifications().signedHeaders().stream().noneMatch(name::startsWith));
            return new Evidence(at, kept, body);
        }
    }

    /// @return whether it is believed and understood
    private boolean append(Received received, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Paid paid -> confirm(received, paid);
            case Verdict.NotAPayment(var what, var _) -> {
                eventLog.append(received.judged(NotificationVerdict.NOT_A_PAYMENT, what));
                yield true;
            }
            case Verdict.Unclear(var why, var _) -> {
                eventLog.append(received.judged(NotificationVerdict.UNCLEAR, why));
                yield false;
            }
            case Verdict.Forged(var why) -> {
                eventLog.append(received.judged(NotificationVerdict.FORGED, why));
                yield false;
            }
        };
    }

    /// Appends the payment with its evidence; one that was appended a moment ago is not appended again.
    private boolean confirm(Received received, Verdict.Paid paid) {
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
        UUID fact = EventCodec.idOf(confirmed);
        if (appended.getIfPresent(fact) == null) {
            eventLog.append(confirmed);
            appended.put(fact, received.id());
        } else {
            count(received.channel().provider(), "repeated");
        }
        return true;
    }

    private void count(Provider provider, String verdict) {
        meters.counter("sluice.notifications", "provider", provider.code(), "verdict", verdict).increment();
    }

    private void tell(String id, Provider provider, Verdict verdict) {
        String name = switch (verdict) {
            case Verdict.Paid paid -> {
                LOG.atInfo()
                        .addKeyValue("notification", id)
                        .addKeyValue("provider", provider)
                        .addKeyValue("trade_no", paid.tradeNumber())
                        .addKeyValue("transaction", paid.transactionId())
                        .log("payment confirmed");
                yield "paid";
            }
            case Verdict.NotAPayment(var what, var _) -> {
                LOG.atInfo().addKeyValue("notification", id).addKeyValue("provider", provider).addKeyValue("what", what)
                        .log("notification without a payment");
                yield "not_a_payment";
            }
            case Verdict.Unclear(var why, var _) -> {
                LOG.atError().addKeyValue("notification", id).addKeyValue("provider", provider).addKeyValue("why", why)
                        .log("notification signed but not understood");
                yield "unclear";
            }
            case Verdict.Forged(var why) -> {
                LOG.atWarn().addKeyValue("notification", id).addKeyValue("provider", provider).addKeyValue("why", why)
                        .log("notification rejected as forged");
                yield "forged";
            }
        };
        count(provider, name);
    }
}
