package dev.sluice.sandbox.wallet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// How a person reads the pages.
///
/// @param language by the cookie that all pages of Sluice share, otherwise as the browser accepts
/// @param theme `light` or `dark` by such a cookie; empty to follow the system
record Reader(Language language, String theme) {
    private static final String LANGUAGE_COOKIE = "sluice-language";
    private static final String THEME_COOKIE = "sluice-theme";
    private static final List<String> THEMES = List.of("light", "dark");

    static Reader of(ServerHttpRequest request) {
        Language language = cookie(request, LANGUAGE_COOKIE).flatMap(Language::named).orElseGet(() -> Language.accepted(accepted(request)));
        return new Reader(language, cookie(request, THEME_COOKIE).filter(THEMES::contains).orElse(""));
    }

    private static Optional<String> cookie(ServerHttpRequest request, String name) {
        return Optional.ofNullable(request.getCookies().getFirst(name)).map(HttpCookie::getValue);
    }

    private static List<Locale.LanguageRange> accepted(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE);
        try {
            return header == null || header.isBlank() ? List.of() : Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }
}
