package dev.sluice.order.option;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;
import dev.sluice.event.setting.EditReason;
import dev.sluice.event.value.UserId;
import dev.sluice.order.doctor.CheckResult;
import dev.sluice.order.doctor.Doctor;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Keyring;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.text.Texts;

/// The settings of the installation, for operators: what they are, who changed which when, setting them, and having them examined.
@RestController
class OptionController {
    private static final Texts TEXTS = Texts.beside(OptionController.class);

    private final LiveSettings live;
    private final SettingsUpdate update;
    private final ShownSettings shown;
    private final Doctor doctor;
    private final Keyring keyring;
    private final Semaphore examinations = new Semaphore(Limits.EXAMINATIONS_AT_ONCE);

    OptionController(LiveSettings live, SettingsUpdate update, ShownSettings shown, Doctor doctor, Keyring keyring) {
        this.live = live;
        this.update = update;
        this.shown = shown;
        this.doctor = doctor;
        this.keyring = keyring;
    }

    /// Every setting by name, keys masked; one that has no value is missing.
    @GetMapping("/api/option")
    Shown<Map<String, JsonNode>> all() {
        return Shown.of(shown.all());
    }

    /// @param changes newest first
    record Audit(List<ShownSettings.Origin> settings, List<ShownSettings.Change> changes) {}

    /// Where each setting comes from, and the last changes, newest first: who, when and what; of keys no values.
    @GetMapping("/api/option/audit")
    Shown<Audit> audit() {
        return Shown.of(new Audit(shown.origins(), shown.changes()));
    }

    /// What is wrong with one setting, or what one of the doctor's checks found.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Fault(@Nullable String name, @Nullable String check, String code, String message) {
        static Fault of(BadSettingException e, Locale locale) {
            return new Fault(e.setting().map(Setting::label).orElse(null), null, e.code(), e.text(locale));
        }

        static Fault of(CheckResult check) {
            return new Fault(null, check.check(), check.code(), check.cause() + " " + check.remedy());
        }
    }

    /// The answer to a change of settings.
    sealed interface SettingsAnswer {}

    /// The settings were changed.
    record ChangedSettings(boolean success, String message, Changed data) implements SettingsAnswer {}

    /// @param changed the names of the settings that were changed
    record Changed(List<String> changed) {}

    /// A refusal as the front ends of the first plan expect it: not successful, and the text in `message`.
    record RefusedSettings(boolean success, String message, List<Fault> data, String code)
            implements
                SettingsAnswer,
                PricePreviewController.PreviewAnswer {
        static RefusedSettings of(List<BadSettingException> faults, Locale locale) {
            return of(faults.stream().map(each -> Fault.of(each, locale)).toList(), "");
        }

        /// @param hint a further remark, or empty
        static RefusedSettings of(List<Fault> faults, String hint) {
            String message = String.join("\n", Stream.concat(faults.stream().map(Fault::message), Stream.of(hint)).toList()).strip();
            return new RefusedSettings(false, message, faults, faults.getFirst().code());
        }
    }

    /// Sets settings by name, all or none of them.
    ///
    /// @param reason why keys are changed: `rotate`, and the one before is believed for a while, or `leaked`, and it no longer is
    @PutMapping(path = "/api/option", consumes = MediaType.APPLICATION_JSON_VALUE)
    SettingsAnswer put(
            @RequestBody String body,
            @RequestParam(defaultValue = "false") boolean unchecked,
            @RequestParam(defaultValue = "rotate") String reason,
            @AuthenticationPrincipal Caller caller,
            Locale locale) {
        EditReason why = ChangeReason.of(reason).orElseThrow(() -> Refusal.of(EdgeCode.MALFORMED, "reason").exception());
        try {
            return switch (update.put(new SettingsUpdate.Wanted(Settings.named(body), new UserId(caller.user()), unchecked, why, locale))) {
                case SettingsUpdate.Outcome.Changed(var names) -> new ChangedSettings(true, "", new Changed(names));
                case SettingsUpdate.Outcome.NotReadBack() ->
                    throw Refusal.outage().exception();
                case SettingsUpdate.Outcome.Refused(var faults) -> RefusedSettings.of(faults, locale);
                case SettingsUpdate.Outcome.Unworkable(var checks) ->
                    RefusedSettings.of(checks.stream().map(Fault::of).toList(), TEXTS.of(locale, "OPTION_CHECKED"));
            };
        } catch (BadSettingException e) {
            throw Refusal.of(EdgeCode.MALFORMED, "JSON").exception();
        }
    }

    /// Has the settings examined as they are, by asking the providers, and ourselves from outside.
    @PostMapping("/api/option/doctor")
    Shown<List<CheckResult>> examine(@AuthenticationPrincipal Caller caller, Locale locale) {
        if (!examinations.tryAcquire()) {
            throw Refusal.later(EdgeCode.TOO_MANY_REQUESTS, Doctor.EXAMINED_WITHIN).exception();
        }
        try {
            return Shown.of(doctor.examine(live.current(),
                    new Doctor.Request(new UserId(caller.user()), locale, keyring.probeKey())));
        } finally {
            examinations.release();
        }
    }
}
