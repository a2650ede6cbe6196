package dev.sluice.order.option;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.f4b6a3.ulid.UlidCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.doctor.CheckResult;
import dev.sluice.order.doctor.Doctor;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.StoredSetting;

/// The settings as operators see and set them. What they set is appended and has been read back when it is answered; what cannot be
/// right is refused, all of it, with a fault for each setting.
@Component
class SettingsUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsUpdate.class);
    private static final String MASK = "••••";
    /// Nearly all public keys end in their common exponent, which distinguishes none from another.
    private static final Pattern END_OF_RSA_KEYS = Pattern.compile("IDAQAB\\s*$");
    private static final int SHOWN_OF_A_KEY = 4;
    /// Of a shorter secret nothing is shown.
    private static final int LONG_ENOUGH = 16;

    private final LiveSettings live;
    private final Keyring keyring;
    private final EventLog eventLog;
    private final Doctor doctor;
    private final PaymentChannels channels;
    private final Clock clock;
    /// One change after the other, in this instance: a replaced key must be kept as the previous one.
    private final ReentrantLock one = new ReentrantLock();

    SettingsUpdate(LiveSettings live, Keyring keyring, EventLog eventLog, Doctor doctor, PaymentChannels channels,
            Clock clock) {
        this.live = live;
        this.keyring = keyring;
        this.eventLog = eventLog;
        this.doctor = doctor;
        this.channels = channels;
        this.clock = clock;
    }

    /// What came of setting settings.
    sealed interface Outcome {
        /// They are set.
        ///
        /// @param settings the names of those that are different now
        record Changed(List<String> settings) implements Outcome {}

        record Refused(List<BadSettingException> faults) implements Outcome {}

        /// They are appended, and not read back yet: the same once more changes nothing.
        record NotReadBack() implements Outcome {}

        /// Nothing is wrong with them by themselves, but they do not work out there.
        record Unworkable(List<CheckResult> checks) implements Outcome {}
    }

    /// The value as it may be shown: of a key no more than its end.
    private static Optional<JsonNode> shown(Settings settings, Setting setting) {
        Optional<JsonNode> value = settings.json(setting);
        return setting.secrecy() == Secrecy.OPEN
                ? value
                : settings.text(setting).map(key -> StringNode.valueOf(masked(END_OF_RSA_KEYS.matcher(key).replaceFirst(""))));
    }

    private static String masked(String key) {
        return key.length() < LONG_ENOUGH ? MASK : MASK + key.substring(key.length() - SHOWN_OF_A_KEY);
    }

    /// All settings in their masked form. An expired previous key is left out.
    Map<Setting, JsonNode> shown() {
        Map<Setting, JsonNode> all = new LinkedHashMap<>();
        Settings settings = live.current();
        Setting.all().stream().filter(setting -> !isExpired(setting))
                .forEach(setting -> shown(settings, setting).ifPresent(value -> all.put(setting, value)));
        return all;
    }

    /// Whether it is a previous key that is no longer accepted.
    boolean isExpired(Setting setting) {
        StoredSetting stored = live.stored().get(setting);
        return stored != null && stored.isExpired(setting, clock.instant());
    }

    /// Sets settings by name; one that is `null` is taken back, one that comes as it is shown stays as it is.
    ///
    /// @param unchecked whether to leave out what can only be known by calling others
    /// @throws NotAppendedException when it is not known to be set
    Outcome put(Map<String, JsonNode> named, UserId actor, boolean unchecked, Locale locale) {
        one.lock();
        try {
            // Another instance may have set something a moment ago.
            if (!live.catchUp(Limits.READ_BACK_WITHIN)) {
                return new Outcome.NotReadBack();
            }
            List<BadSettingException> faults = new ArrayList<>();
            Map<Setting, StoredSetting> changed = new LinkedHashMap<>();
            named.forEach((name, value) -> {
                try {
                    change(name, value, actor).ifPresent(each -> changed.put(settingOf(name), each));
                } catch (BadSettingException e) {
                    faults.add(e);
                }
            });
            Settings candidate = live.with(changed);
            // What was wrong before must not keep an operator from changing something else, for example from switching it off.
            Set<String> before = faultsOf(live.current()).stream().map(SettingsUpdate::words).collect(Collectors.toSet());
            faultsOf(candidate).stream()
                    .filter(fault -> fault.setting().filter(changed::containsKey).isPresent() || !before.contains(words(fault)))
                    .forEach(faults::add);
            if (!faults.isEmpty()) {
                return new Outcome.Refused(faults);
            }
            List<CheckResult> failed = unchecked ? List.of() : failures(candidate, changed.keySet(), locale);
            return failed.isEmpty() ? append(changed, named, actor) : new Outcome.Unworkable(failed);
        } finally {
            one.unlock();
        }
    }

    private static Setting settingOf(String name) {
        return Setting.ofLabel(name).orElseThrow(() -> BadSettingException.unknown(name));
    }

    /// @return nothing when it is so already
    private Optional<StoredSetting> change(String name, JsonNode value, UserId actor) {
        Setting setting = settingOf(name);
        Optional<JsonNode> wanted = value.isNull() ? Optional.empty() : Optional.of(value);
        wanted.ifPresent(each -> setting.check(each));
        if (wanted.isPresent() && wanted.equals(shown(live.current(), setting))) {
            return Optional.empty();
        }
        if (setting.secrecy() != Secrecy.OPEN && wanted.isPresent()) {
            checkSecret(setting, wanted.get().stringValue());
        }
        StoredSetting before = live.stored().get(setting);
        Optional<JsonNode> now = before == null ? Optional.empty() : before.value();
        // A key that comes again whole is sealed again, by the master key of today.
        boolean same = wanted.isPresent()
                ? setting.secrecy() == Secrecy.OPEN && wanted.equals(live.current().json(setting))
                : now.isEmpty();
        return same ? Optional.empty() : Optional.of(new StoredSetting(wanted, actor, clock.instant()));
    }

    private void checkSecret(Setting setting, String value) {
        if (value.contains(MASK.substring(0, 1))) {
            throw new BadSettingException(setting, GeneralFault.MASKED);
        }
        // A form that was not filled in must not take a key away.
        if (!setting.isPrevious() && value.isBlank()) {
            throw new BadSettingException(setting, GeneralFault.KEY_BLANK);
        }
        if (setting.isPrevious() && !value.isBlank()) {
            throw new BadSettingException(setting, GeneralFault.KEPT_BY_ITSELF);
        }
        if (!keyring.seals(setting)) {
            throw new BadSettingException(setting, GeneralFault.NO_MASTER_KEY);
        }
    }

    /// By the rules of those who use them. A method that is switched off is checked all the same: what was paid is still verified.
    private List<BadSettingException> faultsOf(Settings settings) {
        return Stream.concat(
                BadSettingException.among(() -> PriceList.from(settings, channels), () -> PriceList.checkDiscounts(settings),
                        () -> SalesTerms.subject(settings), () -> SalesTerms.expiry(settings), () -> SalesTerms.dailyLimit(settings))
                        .stream(),
                channels.all().stream().flatMap(channel -> channel.faults(settings).stream())).toList();
    }

    private List<CheckResult> failures(Settings candidate, Set<Setting> changed, Locale locale) {
        return doctor.examineChange(changed, candidate, locale, keyring.probeKey()).stream()
                .filter(check -> check.verdict() == CheckResult.Severity.FAILED).toList();
    }

    /// What is to be kept of a key: the one that is replaced, or, when the same key comes again, the one that was kept before, as long
    /// as it is believed.
    private Optional<StoredSetting> keptOf(Setting key, StoredSetting value, Setting previous) {
        Optional<JsonNode> old = live.current().json(key).filter(node -> !node.stringValue().isBlank());
        if (!old.equals(value.value())) {
            return old.filter(_ -> keyring.seals(previous))
                    .map(replaced -> new StoredSetting(Optional.of(replaced), value.actor(), value.at()));
        }
        return Optional.ofNullable(live.stored().get(previous))
                .filter(before -> before.value().isPresent() && !before.isExpired(previous, value.at()));
    }

    /// Whether the operator wants an end of it, and did not merely send back what a form was filled with.
    private static boolean isEnded(Setting previous, Map<String, JsonNode> named) {
        JsonNode said = named.get(previous.label());
        return said != null && (said.isNull() || said.asString("").isBlank());
    }

    private static String words(BadSettingException fault) {
        return String.valueOf(fault.getMessage());
    }

    private Outcome append(Map<Setting, StoredSetting> changed, Map<String, JsonNode> named, UserId actor) {
        List<String> names = new TreeSet<>(changed.keySet()).stream().map(Setting::label).toList();
        if (names.isEmpty()) {
            return new Outcome.Changed(names);
        }
        // Previous keys come first: no reader may see the new key without the previous one.
        Map<Setting, StoredSetting> all = new LinkedHashMap<>();
        changed.forEach((key, value) -> key.previous().filter(previous -> !isEnded(previous, named))
                .ifPresent(previous -> keptOf(key, value, previous).ifPresent(kept -> all.put(previous, kept))));
        all.putAll(changed);
        Instant now = clock.instant();
        live.stored().forEach((setting, stored) -> {
            if (stored.value().isPresent() && stored.isExpired(setting, now)) {
                all.putIfAbsent(setting, new StoredSetting(Optional.empty(), actor, now));
            }
        });
        String id = UlidCreator.getMonotonicUlid().toString();
        eventLog.append(new SettingsChanged(id, actor, now, names), all.entrySet().stream()
                .map(each -> keyring.seal(each.getKey(), each.getValue().value(), each.getValue().actor(), each.getValue().at())).toList());
        LOG.atInfo().addKeyValue("actor", actor).addKeyValue("settings", names).log("settings changed");
        return live.awaitRead(id, Limits.READ_BACK_WITHIN) ? new Outcome.Changed(names) : new Outcome.NotReadBack();
    }
}
