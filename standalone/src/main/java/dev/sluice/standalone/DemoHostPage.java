package dev.sluice.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.netty.handler.codec.http.cookie.Cookie;
import org.reactivestreams.Publisher;
import org.springframework.core.io.ClassPathResource;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/// The page of the demo's host: it loads the element from Sluice, and no other file of another origin.
final class DemoHostPage {
    private static final ClassPathResource FILE = new ClassPathResource("pages/demo/host/index.html");
    private static final List<Locale> LANGUAGES = List.of(Locale.CHINESE, Locale.ENGLISH);
    private static final Set<String> THEMES = Set.of("light", "dark");

    private final Optional<String> html;
    private final String policy;

    /// @param sluice the origin of Sluice
    DemoHostPage(String sluice) {
        this.html = read();
        this.policy = "default-src 'none'; script-src 'self' %1$s; style-src 'self'; img-src 'self' data: blob: %1$s; connect-src 'self' %1$s;"
                .formatted(sluice) + " frame-src " + sluice + "; form-action " + sluice + "; base-uri 'none'; frame-ancestors 'none'";
    }

    private static Optional<String> read() {
        try {
            return FILE.exists() ? Optional.of(FILE.getContentAsString(StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the page of the demo's host cannot be read", e);
        }
    }

    Publisher<Void> to(HttpServerRequest request, HttpServerResponse response) {
        if (html.isEmpty()) {
            return Answer.NOT_FOUND.to(response);
        }
        response.header("Content-Security-Policy", policy).header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
        String page = html.get().replaceFirst("\\{lang}", language(request)).replaceFirst("\\{theme}", theme(request));
        return new Answer(200, "text/html;charset=utf-8", page).to(response);
    }

    private static String language(HttpServerRequest request) {
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(request.requestHeaders().get("Accept-Language", "zh")), LANGUAGES);
            return Locale.ENGLISH.equals(found) ? "en" : "zh-CN";
        } catch (IllegalArgumentException e) {
            return "zh-CN";
        }
    }

    private static String theme(HttpServerRequest request) {
        return request.cookies().values().stream().flatMap(Set::stream).filter(cookie -> cookie.name().equals("sluice-theme"))
                .map(Cookie::value).filter(THEMES::contains).findFirst().orElse("");
    }
}
