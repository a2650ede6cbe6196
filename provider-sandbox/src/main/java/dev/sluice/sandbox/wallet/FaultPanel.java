package dev.sluice.sandbox.wallet;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import dev.sluice.sandbox.fault.Fault;
import dev.sluice.sandbox.fault.FaultInjection;

/// The switches of the providers' faults, beside the phone.
@Component
record FaultPanel(FaultInjection injection) {

    Html in(Language language) {
        var on = injection.overview();
        return Template.PANEL.with(language, Map.of(
                "groups", Html.joined(Stream.of(Fault.Subject.values()).map(subject -> group(subject, on.all(), language)).toList()),
                "count", on.all().size(),
                "none", hiddenIf(on.all().isEmpty()),
                "idle", on.all().isEmpty() && on.orders().isEmpty(),
                "orders", on.orders().size(),
                "no_orders", hiddenIf(on.orders().isEmpty())));
    }

    private static Html group(Fault.Subject subject, Set<Fault> on, Language language) {
        return Template.FAULT_GROUP.with(language, Map.of(
                "id", subject,
                "title", language.text("subject." + subject),
                "faults", Html.joined(Stream.of(Fault.values())
                        .filter(fault -> fault.subject() == subject)
                        .map(fault -> fault(fault, on.contains(fault), language))
                        .toList())));
    }

    private static Html fault(Fault fault, boolean on, Language language) {
        String key = "fault." + fault;
        return Template.FAULT.with(language, Map.of(
                "id", fault,
                "name", language.text(key + ".name"),
                "real", language.text(key + ".real"),
                "answer", language.text(key + ".answer"),
                "checked", new Html(on ? "checked" : "")));
    }

    private static Html hiddenIf(boolean hidden) {
        return new Html(hidden ? "hidden" : "");
    }
}
