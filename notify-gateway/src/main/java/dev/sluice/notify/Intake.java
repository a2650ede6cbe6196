package dev.sluice.notify;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
import dev.sluice.event.value.Provider;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.provider.NotificationReply;
import dev.sluice.provider.Verdict;

/// Decides what a notice is, appends it with its verdict, and only then finds the word for whoever sent it. Of a flood of forgeries
/// only some are appended; all are counted, and none is believed.
@Component
class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final ProbeKey probeKey;
    private final Supplier<Verifiers> verifiers;
    private final ForgedNotificationLimit forgeries;
    private final EventLog eventLog;
    private final Clock clock;
    private final MeterRegistry meters;

    Intake(ProbeKey probeKey, Supplier<Verifiers> verifiers, ForgedNotificationLimit forgeries, EventLog eventLog, Clock clock,
            MeterRegistry meters) {
        this.probeKey = probeKey;
        this.verifiers = verifiers;
        this.forgeries = forgeries;
        this.eventLog = eventLog;
        this.clock = clock;
        this.meters = meters;
    }

    /// Blocks until it is in the log or cannot be. Our own probe is answered and leaves no trace: it is no notice.
    ///
    /// @param body at most one byte more than the limit, which tells that it was longer
    NotificationReply take(Provider provider, String path, String remoteAddress, Map<String, List<String>> headers, byte[] body) {
        Optional<NotificationReply> probed = probeKey.answer(provider, body);
        if (probed.isPresent()) {
            // Not a line for operators: whoever has seen one can send it again and again.
            LOG.atDebug().addKeyValue("provider", provider).log("our own probe came back");
            return probed.get();
        }
        String id = UlidCreator.getMonotonicUlid().toString();
        byte[] kept = body.length <= Limits.BODY_BYTES ? body : Arrays.copyOf(body, Limits.BODY_BYTES);
        Verdict verdict = verifiers.get().verify(provider, body, clock.instant());
        if (verdict instanceof Verdict.Forged && !forgeries.keepOneMore(remoteAddress)) {
            // Counted, not logged: a flood must not fill the disk through the log either.
            meters.counter("sluice.notifications", "provider", provider.method(), "verdict", "forged_not_kept").increment();
            return NotificationReply.failure(provider);
        }
        try {
            boolean believed = switch (verdict) {
                case Verdict.Paid paid -> {
                    var notice = new Notification(id, provider, clock.instant(), path, remoteAddress, headers, kept,
                            NotificationVerdict.PAID, "");
                    eventLog.append(notice, confirmed(provider, paid, Evidence.of(id, kept)));
                    yield true;
                }
                case Verdict.NotAPayment(var what) -> {
                    eventLog.append(
                            new Notification(id, provider, clock.instant(), path, remoteAddress, headers, kept,
                                    NotificationVerdict.NOT_A_PAYMENT, what));
                    yield true;
                }
                case Verdict.Unclear(var why) -> {
                    eventLog.append(
                            new Notification(id, provider, clock.instant(), path, remoteAddress, headers, kept, NotificationVerdict.UNCLEAR,
                                    why));
                    yield false;
                }
                case Verdict.Forged(var why) -> {
                    eventLog.append(
                            new Notification(id, provider, clock.instant(), path, remoteAddress, headers, kept, NotificationVerdict.FORGED,
                                    why));
                    yield false;
                }
            };
            tell(id, provider, verdict);
            return believed ? NotificationReply.success(provider) : NotificationReply.failure(provider);
        } catch (NotAppendedException e) {
            meters.counter("sluice.notifications", "provider", provider.method(), "verdict", "not_recorded").increment();
            LOG.atError().addKeyValue("notice", id).addKeyValue("provider", provider).addKeyValue("why", e.getMessage())
                    .log("notice not recorded");
            return NotificationReply.failure(provider);
        }
    }

    private static PaymentConfirmed confirmed(Provider provider, Verdict.Paid paid, Evidence evidence) {
        return new PaymentConfirmed(
                paid.tradeNumber(),
                provider,
                paid.merchant(),
                paid.transactionId(),
                paid.money(),
                paid.paidAt(),
                ConfirmationSource.NOTIFICATION,
                evidence);
    }

    private void tell(String id, Provider provider, Verdict verdict) {
        String name = switch (verdict) {
            case Verdict.Paid paid -> {
                LOG.atInfo()
                        .addKeyValue("notice", id)
                        .addKeyValue("provider", provider)
                        .addKeyValue("trade_no", paid.tradeNumber())
                        .addKeyValue("transaction", paid.transactionId())
                        .log("payment confirmed");
                yield "paid";
            }
            case Verdict.NotAPayment(var what) -> {
                LOG.atInfo().addKeyValue("notice", id).addKeyValue("provider", provider).addKeyValue("what", what)
                        .log("notice without a payment");
                yield "not_a_payment";
            }
            case Verdict.Unclear(var why) -> {
                LOG.atError().addKeyValue("notice", id).addKeyValue("provider", provider).addKeyValue("why", why)
                        .log("notice signed but not understood, look at it");
                yield "unclear";
            }
            case Verdict.Forged(var why) -> {
                LOG.atWarn().addKeyValue("notice", id).addKeyValue("provider", provider).addKeyValue("why", why).log("notice not believed");
                yield "forged";
            }
        };
        meters.counter("sluice.notifications", "provider", provider.method(), "verdict", name).increment();
    }
}
