package dev.sluice.order.option;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.setting.Secrecy;
import dev.sluice.order.answer.AnswerCode;
import dev.sluice.order.answer.Caller;
import dev.sluice.order.answer.Envelope;
import dev.sluice.order.answer.InputLimits;
import dev.sluice.order.answer.Refusal;
import dev.sluice.order.doctor.CheckResult;
import dev.sluice.order.doctor.Doctor;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.StoredSetting;

/// The settings of the installation, for operators: what they are, who changed which when, setting them, and having them examined.
@RestController
class OptionController {
    private static final int CHANGES_SHOWN = 100;

    private final LiveSettings live;
    private final SettingsUpdate store;
    private final Doctor doctor;
    private final Keyring keyring;
    private final Semaphore examinations = new Semaphore(Limits.EXAMINATIONS_AT_ONCE);

    OptionController(LiveSettings live, SettingsUpdate store, Doctor doctor, Keyring keyring) {
        this.live = live;
        this.store = store;
        this.doctor = doctor;
        this.keyring = keyring;
    }

    /// Every setting by name, keys masked; one that has no value is missing.
    @GetMapping("/api/option")
    ResponseEntity<Object> all() {
        Map<String, JsonNode> shown = new LinkedHashMap<>();
        store.shown().forEach((setting, value) -> shown.put(setting.label(), value));
        return Envelope.Shown.of(shown);
    }

    /// @param source        `default`, `file` or `operator`
    /// @param honouredUntil of a key before the last change
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Origin(String name, boolean secret, String source, @Nullable String changedBy, @Nullable Instant changedAt,
            @Nullable Instant honouredUntil) {
        /// @param over whether what is stored counts no more
        static Origin of(Setting setting, LiveSettings live, boolean over) {
            String unset = live.current().isSet(setting) && !over ? "file" : "default";
            boolean secret = setting.secrecy() != Secrecy.OPEN;
            StoredSetting stored = live.stored().get(setting);
            if (stored == null) {
                return new Origin(setting.label(), secret, unset, null, null, null);
            }
            boolean kept = setting.isPrevious() && !over && live.current().text(setting).isPresent();
            Instant until = kept ? stored.at().plus(Setting.PREVIOUS_HONOURED) : null;
            return new Origin(setting.label(), secret, stored.value().isPresent() && !over ? "operator" : unset, stored.actor().value(),
                    stored.at(),
                    until);
        }
    }

    private record Change(Instant at, String actor, List<String> settings) {}

    /// Where each setting comes from, and the last changes, newest first: who, when and what, never to which value.
    @GetMapping("/api/option/audit")
    ResponseEntity<Object> audit() {
        return Envelope.Shown.of(Map.of(
                "settings", Setting.all().stream().map(setting -> Origin.of(setting, live, store.isExpired(setting))).toList(),
                "changes", live.changes().stream().limit(CHANGES_SHOWN)
                        .map(change -> new Change(change.at(), change.actor().value(), change.settings())).toList()));
    }

    /// What is wrong with one setting, or what one of the doctor's checks found.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Fault(@Nullable String name, @Nullable String check, String code, String message) {
        static Fault of(BadSettingException e, Locale locale) {
            return new Fault(e.setting().map(Setting::label).orElse(null), null, e.code(), e.text(locale));
        }

        static Fault of(CheckResult check) {
            return new Fault(null, check.check(), check.code(), check.cause() + " " + check.remedy());
        }
    }

    /// A refusal as the front ends of the first plan expect it: not successful, and the text in `message`.
    private record Refused(boolean success, String message, List<Fault> data, String code) {
        /// @param hint a further remark, or empty
        static ResponseEntity<Object> of(List<Fault> faults, String hint) {
            String message = String.join("\n", Stream.concat(faults.stream().map(Fault::message), Stream.of(hint)).toList()).strip();
            return ResponseEntity.ok(new Refused(false, message, faults, faults.getFirst().code()));
        }
    }

    /// Sets settings by name, all or none of them.
    @PutMapping(path = "/api/option", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Object> put(
            @RequestBody String body,
            @RequestParam(defaultValue = "false") boolean unchecked,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        try {
            return switch (store.put(Settings.named(body), caller.userId(), unchecked, locale)) {
                case SettingsUpdate.Outcome.Changed(var names) -> Envelope.Shown.of(Map.of("changed", names));
                case SettingsUpdate.Outcome.NotReadBack() ->
                    Envelope.refusal(Refusal.later(AnswerCode.UNAVAILABLE, InputLimits.RETRY_AFTER_OUTAGE), locale);
                case SettingsUpdate.Outcome.Refused(var faults) ->
                    Refused.of(faults.stream().map(each -> Fault.of(each, locale)).toList(), "");
                case SettingsUpdate.Outcome.Unworkable(var checks) ->
                    Refused.of(checks.stream().map(Fault::of).toList(), AnswerCode.OPTION_CHECKED.text(locale));
            };
        } catch (BadSettingException e) {
            return Envelope.refusal(Refusal.of(AnswerCode.MALFORMED, "JSON"), locale);
        }
    }

    /// Has the settings examined as they are, by asking the providers, and ourselves from outside.
    @PostMapping("/api/option/doctor")
    ResponseEntity<Object> examine(Locale locale) {
        if (!examinations.tryAcquire()) {
            return Envelope.refusal(Refusal.later(AnswerCode.TOO_MANY_REQUESTS, Doctor.EXAMINED_WITHIN), locale);
        }
        try {
            return Envelope.Shown.of(doctor.examine(live.current(), locale, keyring.probeKey()));
        } finally {
            examinations.release();
        }
    }
}
