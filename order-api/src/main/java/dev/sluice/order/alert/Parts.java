package dev.sluice.order.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.stereotype.Component;

import dev.sluice.log.LogProbe;
import dev.sluice.order.alert.OwnMeasures.Disk;
import dev.sluice.order.alert.Part.State;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.text.Texts;

/// How the parts of this app are. Of other apps it knows nothing.
@Component
class Parts {
    private static final Texts TEXTS = Texts.beside(Parts.class);

    private final OwnMeasures own;
    private final OrderMeasures orders;
    private final LogProbe log;
    private final Supplier<SalesTerms> terms;
    private final PaymentChannels channels;

    Parts(OwnMeasures own, OrderMeasures orders, LogProbe log, Supplier<SalesTerms> terms, PaymentChannels channels) {
        this.own = own;
        this.orders = orders;
        this.log = log;
        this.terms = terms;
        this.channels = channels;
    }

    /// @param database whether it has just answered
    List<Part> now(boolean database, Locale locale) {
        List<Part> parts = new ArrayList<>();
        parts.add(part("database", database ? State.UP : State.DOWN, locale));
        long withoutQuorum = own.withoutQuorum();
        parts.add(part("log", !log.isReady() ? State.DOWN : withoutQuorum > 0 ? State.LIMITED : State.UP, locale, withoutQuorum));
        Optional<Disk> disk = own.disk();
        parts.add(part("disk", disk.map(each -> each.isShort() ? State.DOWN : each.fillsUp() ? State.LIMITED : State.UP)
                .orElse(State.UNKNOWN), locale, disk.map(each -> Finding.size(each.usable())).orElse("")));
        parts.add(part("settings", own.haveSettings() ? State.UP : State.DOWN, locale));
        own.views().forEach(view -> parts.add(new Part("view_" + view.name(), stateOf(view),
                text("view", stateOf(view), locale, view.paused(), view.lag()))));
        parts.add(codes(database, locale));
        SalesTerms now = terms.get();
        List<PaymentChannel> setUp = now.payMethods().setUp(channels);
        List<PaymentChannel> offered = now.payMethods().all();
        channels.all().forEach(channel -> {
            State state = offered.contains(channel) ? State.UP : setUp.contains(channel) ? State.LIMITED : State.DOWN;
            parts.add(new Part(channel.provider().code(), state, text("method", state, locale)));
        });
        return parts;
    }

    private static State stateOf(OwnMeasures.ViewState view) {
        return view.paused() > 0 ? State.DOWN : view.lag() > Limits.VIEW_LAG ? State.LIMITED : State.UP;
    }

    /// Orders that wait for their code show that a provider does not answer.
    private Part codes(boolean database, Locale locale) {
        long waiting = database ? orders.withoutCode().rows() : 0;
        return part("codes", !database ? State.UNKNOWN : waiting > 0 ? State.LIMITED : State.UP, locale, waiting);
    }

    private static Part part(String name, State state, Locale locale, Object... values) {
        return new Part(name, state, text(name, state, locale, values));
    }

    private static String text(String name, State state, Locale locale, Object... values) {
        return TEXTS.of(locale, "part." + name + "." + state, values);
    }
}
