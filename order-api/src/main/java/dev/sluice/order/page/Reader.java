package dev.sluice.order.page;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import dev.sluice.edge.access.SessionCookie;
import dev.sluice.text.Language;

/// What the server knows of the reader of a page before any script runs, so that the first picture is right.
///
/// @param language `zh-CN` or `en`
/// @param theme    `light`, `dark`, or empty for the system's
/// @param place    where the page is open
/// @param session  whether the browser has the cookie of a session: without one, the page asks for nothing that would be refused
record Reader(String language, String theme, Place place, boolean session) {
    /// The request headers that decide it.
    static final List<String> HEADERS = List.of(HttpHeaders.ACCEPT_LANGUAGE, HttpHeaders.COOKIE, HttpHeaders.USER_AGENT);

    private static final String CHINESE = "zh-CN";
    private static final String ENGLISH = "en";
    /// The page writes them when the reader chooses.
    private static final String LANGUAGE_COOKIE = "sluice-language";
    private static final String THEME_COOKIE = "sluice-theme";

    /// By the reader's choice, else by the browser's headers.
    static Reader of(ServerWebExchange exchange) {
        Locale locale = exchange.getLocaleContext().getLocale();
        String preferred = Language.of(locale == null ? Locale.CHINESE : locale).either(CHINESE, ENGLISH);
        String userAgent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
        return new Reader(chosen(exchange, LANGUAGE_COOKIE, preferred, CHINESE, ENGLISH),
                chosen(exchange, THEME_COOKIE, "", "light", "dark"), Place.of(userAgent == null ? "" : userAgent),
                SessionCookie.isIn(exchange.getRequest()));
    }

    /// Another value than these is ignored: it would be written into the page.
    private static String chosen(ServerWebExchange exchange, String cookie, String otherwise, String... values) {
        @Nullable
        HttpCookie given = exchange.getRequest().getCookies().getFirst(cookie);
        return given != null && List.of(values).contains(given.getValue()) ? given.getValue() : otherwise;
    }
}
