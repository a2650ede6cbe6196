package dev.sluice.provider;

import dev.sluice.text.LocalText;
import dev.sluice.text.Texts;

/// How a provider is shown to payers and operators.
///
/// @param color of its button, as front ends write colours
/// @param texts `name`, `payment`, and for the doctor `SIGNATURE_REFUSED`, `ACCOUNT_REFUSED` and `ANSWER_NOT_VERIFIED`, each with `.cause` and
///              `.remedy`
public record Presentation(String color, Texts texts) {
    /// What paying by it is called in a sentence.
    public LocalText payment() {
        return locale -> texts.of(locale, "payment");
    }

    /// Its name.
    public LocalText name() {
        return locale -> texts.of(locale, "name");
    }
}
