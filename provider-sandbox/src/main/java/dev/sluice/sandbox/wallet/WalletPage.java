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

/// A page of the wallet: the template of its name, inside the frame, with `{{name}}` for values. Every value is escaped.
enum WalletPage {
    SCANNER,
    CASHIER,
    PAID,
    LEFT,
    REFUSED;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private final String template;

    WalletPage() {
        template = read("frame").replace("{{{page}}}", read(name().toLowerCase(Locale.ROOT)));
    }

    String with(Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(place -> {
            String value = Objects.requireNonNull(values.get(place.group(1)), place.group());
            return Matcher.quoteReplacement(HtmlUtils.htmlEscape(value));
        });
    }

    private static String read(String name) {
        try {
            return new ClassPathResource(name + ".html", WalletPage.class).getContentAsString(UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
