package dev.sluice.edge.access;

import java.util.Optional;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Where the token of a request is: in the header `Authorization`, else in the cookie of a session. The cookie counts for the API only, and
/// only with a header of our pages: a page of another site would have to be permitted to send that header, and none is.
public final class TokenSources implements ServerAuthenticationConverter {
    private static final String CLIENT_HEADER = "Sluice-Client";
    private static final String PAGES = "web";

    private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return bearer.convert(exchange).switchIfEmpty(Mono.defer(() -> Mono.justOrEmpty(ofSession(exchange.getRequest()))));
    }

    private static Optional<Authentication> ofSession(ServerHttpRequest request) {
        return isOfOurPages(request) && request.getPath().value().startsWith("/api/")
                ? SessionCookie.tokenOf(request).map(BearerTokenAuthenticationToken::new)
                : Optional.empty();
    }

    /// Whether the request has the header that only scripts of our pages can send.
    public static boolean isOfOurPages(ServerHttpRequest request) {
        return PAGES.equals(request.getHeaders().getFirst(CLIENT_HEADER));
    }
}
