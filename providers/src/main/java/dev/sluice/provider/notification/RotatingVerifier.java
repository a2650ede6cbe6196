package dev.sluice.provider.notification;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// Verifies by the key of now, and by the one before its last change for as long as that is believed. A key that was taken away is one
/// before, too. A message is read once.
///
/// @param <M> a notification's content
public final class RotatingVerifier<M> implements NotificationVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(RotatingVerifier.class);

    private final Optional<MessageVerifier<M>> now;
    private final Optional<MessageVerifier<M>> before;
    private final MessageVerifier<M> any;
    private final Instant until;
    private final Setting key;

    private RotatingVerifier(Setting key, Optional<MessageVerifier<M>> now, Optional<MessageVerifier<M>> before, Instant until,
            MessageVerifier<M> any) {
        this.key = key;
        this.now = now;
        this.before = before;
        this.until = until;
        this.any = any;
    }

    /// Nothing when there is neither key.
    ///
    /// @param key      that verifies
    /// @param verifier of settings with that key
    /// @throws dev.sluice.setting.BadSettingException when a setting of the file cannot be right
    public static <M> Optional<NotificationVerifier> of(Settings settings, Setting key,
            Function<Settings, Optional<MessageVerifier<M>>> verifier) {
        Optional<Settings.Before> earlier = settings.before(key);
        Optional<MessageVerifier<M>> now = settings.part(() -> verifier.apply(settings));
        Optional<MessageVerifier<M>> before = earlier.flatMap(each -> settings.part(() -> verifier.apply(each.settings())));
        Instant until = earlier.map(Settings.Before::until).orElse(Instant.MIN);
        return Stream.of(now, before).flatMap(Optional::stream).findFirst()
                .map(any -> new RotatingVerifier<>(key, now, before, until, any));
    }

    @Override
    public Verdict verify(RawNotification notification) {
        try {
            return verify(any.read(notification.body()), notification);
        } catch (MalformedMessageException e) {
            return new Verdict.Forged(String.valueOf(e.getMessage()));
        }
    }

    private Verdict verify(M message, RawNotification notification) {
        Verdict verdict = now.map(each -> each.verify(message, notification))
                .orElseGet(() -> new Verdict.Forged("no key to check it with"));
        if (!(verdict instanceof Verdict.Forged) || before.isEmpty() || !notification.receivedAt().isBefore(until)) {
            return verdict;
        }
        Verdict earlier = before.get().verify(message, notification);
        if (earlier instanceof Verdict.Forged) {
            return verdict;
        }
        LOG.atInfo().addKeyValue("key", key).addKeyValue("until", until).log("verified by the previous key");
        return earlier;
    }

    @Override
    public NotificationReply success() {
        return any.success();
    }

    @Override
    public NotificationReply failure() {
        return any.failure();
    }
}
