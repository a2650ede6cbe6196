package dev.sluice.order.page;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import dev.sluice.edge.Hosts;

/// The headers of a page: scripts, styles and calls of this origin only, and no page of another site around it but a host's.
final class PageHeaders {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ";
    private static final String PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final String frameAncestors;

    /// @param hosts that may frame the page
    PageHeaders(Hosts hosts) {
        this.frameAncestors = hosts.origins().isEmpty() ? "'none'" : String.join(" ", hosts.origins());
    }

    /// The page differs by reader, so that a cache must ask each time.
    void to(HttpHeaders headers) {
        headers.setContentType(MediaType.parseMediaType("text/html;charset=utf-8"));
        headers.setCacheControl("private, no-cache");
        headers.setVary(Reader.HEADERS);
        headers.set("Content-Security-Policy", POLICY + frameAncestors);
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", PERMISSIONS);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }
}
