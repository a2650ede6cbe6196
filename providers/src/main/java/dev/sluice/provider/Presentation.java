package dev.sluice.provider;

import dev.sluice.text.LocalText;
import dev.sluice.text.Texts;

/// How a provider is shown to payers and operators.
///
/// @param color of its button, as front ends write colours
/// @param texts `name`, and for the doctor `SIGNATURE_REFUSED`, `ACCOUNT_REFUSED` and `ANSWER_NOT_VERIFIED`, each with `.cause` and
///              `.remedy`
public record Presentation(String color, Texts texts) {
    /// Its name.
    public LocalText name() {
        return locale -> texts.of(locale, "name");
    }
}
