package dev.sluice.order.option;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.setting.EditReason;
import dev.sluice.event.setting.Secrecy;
import dev.sluice.event.setting.SettingEdit;
import dev.sluice.event.setting.SettingsChanged;
import dev.sluice.event.value.UserId;
import dev.sluice.log.EventLog;
import dev.sluice.log.NotAppendedException;
import dev.sluice.order.doctor.CheckResult;
import dev.sluice.order.doctor.Doctor;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.SettingsChange;
import dev.sluice.setting.StoredSetting;

/// Sets settings. What operators set is appended and has been read back when it is answered; what cannot be right is refused, all of it,
/// with a fault for each setting.
@Component
class SettingsUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsUpdate.class);

    private final LiveSettings live;
    private final Keyring keyring;
    private final SettingsChange change;
    private final Doctor doctor;
    private final SettingRules rules;
    private final KeyHistory keys;
    private final ShownSettings shown;
    private final Clock clock;

    SettingsUpdate(LiveSettings live, Keyring keyring, EventLog eventLog, Doctor doctor, SettingRules rules, KeyHistory keys,
            ShownSettings shown, Clock clock) {
        this.live = live;
        this.keyring = keyring;
        this.change = new SettingsChange(live, keyring, eventLog);
        this.doctor = doctor;
        this.rules = rules;
        this.keys = keys;
        this.shown = shown;
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

    /// What an operator wants.
    ///
    /// @param named     values by name; one that is `null` is taken back, one that comes as it is shown stays as it is
    /// @param unchecked whether to leave out what can only be known by calling others
    /// @param reason    why keys are changed
    record Wanted(Map<String, JsonNode> named, UserId actor, boolean unchecked, EditReason reason, Locale locale) {}

    /// Sets settings by name, all or none of them. One change after the other, in this instance; changes of several instances are
    /// numbered, and the later one is made again.
    ///
    /// @throws NotAppendedException when it is not known to be set
    synchronized Outcome put(Wanted wanted) {
        if (!keyring.signs() && !wanted.named().isEmpty()) {
            return new Outcome.Refused(SettingRules.all(wanted.named(), GeneralFault.NO_MASTER_KEY));
        }
        for (int i = 0; i < Limits.TRIES; i++) {
            Optional<Outcome> outcome = tryPut(wanted);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Outcome.NotReadBack();
    }

    /// @return nothing when another instance made a change at the same moment
    private Optional<Outcome> tryPut(Wanted wanted) {
        // Another instance may have set something a moment ago.
        if (!live.catchUp(Limits.READ_BACK_WITHIN)) {
            return Optional.of(new Outcome.NotReadBack());
        }
        return switch (candidate(wanted.named(), wanted.actor())) {
            case Candidate.Wrong(var faults) -> Optional.of(new Outcome.Refused(faults));
            case Candidate.Right(var changed, var settings) -> tryPut(wanted, changed, settings);
        };
    }

    /// The settings as they would be.
    sealed interface Candidate {
        /// Nothing is wrong with them by themselves.
        ///
        /// @param changed what is different
        record Right(Map<Setting, StoredSetting> changed, Settings settings) implements Candidate {}

        record Wrong(List<BadSettingException> faults) implements Candidate {}
    }

    /// The settings as they would be with these values, as far as they can be judged without calling others.
    ///
    /// @param named values by name; one that is `null` is taken back, one that comes as it is shown stays as it is
    Candidate candidate(Map<String, JsonNode> named, UserId actor) {
        List<BadSettingException> faults = new ArrayList<>();
        Map<Setting, StoredSetting> changed = new TreeMap<>();
        named.forEach((name, value) -> {
            try {
                changed(name, value, actor).ifPresent(each -> changed.put(settingOf(name), each));
            } catch (BadSettingException e) {
                faults.add(e);
            }
        });
        Settings settings = live.with(changed);
        faults.addAll(rules.faults(settings, changed.keySet()));
        return faults.isEmpty() ? new Candidate.Right(changed, settings) : new Candidate.Wrong(faults);
    }

    private Optional<Outcome> tryPut(Wanted wanted, Map<Setting, StoredSetting> changed, Settings candidate) {
        List<CheckResult> checks = wanted.unchecked()
                ? List.of()
                : doctor.examineChange(changed.keySet(), candidate,
                        new Doctor.Request(wanted.actor(), wanted.locale(), keyring.probeKey()));
        List<CheckResult> failed = checks.stream().filter(check -> check.verdict() == CheckResult.Severity.FAILED).toList();
        if (!failed.isEmpty()) {
            return Optional.of(new Outcome.Unworkable(failed));
        }
        if (changed.isEmpty() && !live.isSignedByAnOlderKey()) {
            return Optional.of(new Outcome.Changed(List.of()));
        }
        Map<Setting, StoredSetting> all = new LinkedHashMap<>(keys.kept(changed, candidate, wanted.reason()));
        all.putAll(keys.proven(changed, candidate, channel -> Doctor.isConfirmed(channel, checks)));
        return append(wanted, all, changed.keySet().stream().map(setting -> edit(setting, candidate, wanted.reason())).toList());
    }

    private static Setting settingOf(String name) {
        return Setting.ofLabel(name).orElseThrow(() -> BadSettingException.unknown(name));
    }

    /// @return nothing when it is so already
    private Optional<StoredSetting> changed(String name, JsonNode value, UserId actor) {
        Setting setting = settingOf(name);
        if (value.isString() && shown.shown(live.current(), setting).filter(value::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<JsonNode> wanted = value.isNull() ? Optional.empty() : Optional.of(setting.taken(value));
        if (setting.secrecy() != Secrecy.OPEN && wanted.isPresent()) {
            checkSecret(setting, wanted.get().stringValue());
        }
        StoredSetting before = live.stored().get(setting);
        Optional<JsonNode> now = before == null ? Optional.empty() : before.value();
        // A key that comes again whole may be confirmed by the provider this time.
        boolean same = wanted.isPresent()
                ? setting.secrecy() == Secrecy.OPEN && wanted.equals(live.current().json(setting))
                : now.isEmpty();
        return same ? Optional.empty() : Optional.of(new StoredSetting(wanted, actor, clock.instant()));
    }

    private static void checkSecret(Setting setting, String value) {
        if (ShownSettings.isMasked(value)) {
            throw new BadSettingException(setting, GeneralFault.MASKED);
        }
        // A form that was not filled in must not take a key away.
        if (!setting.isPrevious() && value.isBlank()) {
            throw new BadSettingException(setting, GeneralFault.KEY_BLANK);
        }
        if (setting.isPrevious() && !value.isBlank()) {
            throw new BadSettingException(setting, GeneralFault.KEPT_BY_ITSELF);
        }
    }

    private SettingEdit edit(Setting setting, Settings candidate, EditReason reason) {
        boolean open = setting.secrecy() == Secrecy.OPEN;
        return new SettingEdit(setting.label(), open ? json(live.current(), setting) : "", open ? json(candidate, setting) : "",
                open ? EditReason.NOT_A_KEY : reason);
    }

    private static String json(Settings settings, Setting setting) {
        return settings.json(setting).map(JsonNode::toString).orElse("");
    }

    private Optional<Outcome> append(Wanted wanted, Map<Setting, StoredSetting> all, List<SettingEdit> edits) {
        Instant now = clock.instant();
        SettingsChanged appended = change.append(wanted.actor(), now, all, edits);
        List<String> names = edits.stream().map(SettingEdit::setting).toList();
        LOG.atInfo().addKeyValue("actor", wanted.actor()).addKeyValue("settings", names).addKeyValue("number", appended.number())
                .addKeyValue("unchecked", wanted.unchecked()).log("settings changed");
        return switch (live.awaitRead(appended, Limits.READ_BACK_WITHIN)) {
            case TAKEN -> Optional.of(new Outcome.Changed(names));
            case OVERTAKEN -> Optional.empty();
            case NOT_YET -> Optional.of(new Outcome.NotReadBack());
        };
    }
}
