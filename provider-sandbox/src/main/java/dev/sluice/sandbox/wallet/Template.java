package dev.sluice.sandbox.wallet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A page of the wallet or a part of one: the file of its name, with `{{name}}` for values and `{{text.key}}` for texts in the reader's
/// language. Everything is escaped but parts that are [Html].
enum Template {
    FRAME,
    SCANNER,
    CODE,
    CASHIER,
    PAID,
    REFUSED,
    PANEL,
    FAULT_GROUP,
    FAULT;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w.]+)}}");
    private static final String TEXT = "text.";

    private final String source;

    Template() {
        source = read(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".html");
    }

    Html with(Language language, Map<String, ?> values) {
        return new Html(PLACEHOLDER.matcher(source)
                .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), language, values))));
    }

    private static String value(String name, Language language, Map<String, ?> values) {
        if (name.startsWith(TEXT)) {
            return escape(language.text(name.substring(TEXT.length())));
        }
        Object value = Objects.requireNonNull(values.get(name), name);
        return value instanceof Html(var markup) ? markup : escape(value.toString());
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, UTF_8.name());
    }

    private static String read(String name) {
        try {
            return new ClassPathResource(name, Template.class).getContentAsString(UTF_8).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
