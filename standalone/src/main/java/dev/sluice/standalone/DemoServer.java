package dev.sluice.standalone;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.sluice.edge.HostName;
import dev.sluice.edge.OwnOrigin;
import dev.sluice.event.value.TradeNumber;

/// What only the demo answers: it signs its users in at the press of a button, and it has the page of a host that is not Sluice. The host's
/// page is on the same port under another name of this machine, which is another origin and another site for a browser. All of it is for
/// requests that were made to a name of this machine: a site whose own name leads here must not press the buttons.
final class DemoServer {
    private static final String PREFIX = "/demo/";
    private static final String SIGN_IN = "/demo/session";
    private static final String HOST_PAGE = "/demo/host/";
    private static final String HOST_TOKEN = "/demo/host/token";
    private static final int FORM_BYTES = 256;
    private static final Answer FORBIDDEN = Answer.json(403, "{\"message\":\"error\",\"data\":\"无权进行此操作\",\"code\":\"FORBIDDEN\"}");

    private final int port;
    private final Function<DemoUser, String> tokens;
    private final DemoHostPage hostPage;

    /// @param port   of the public server
    /// @param tokens signs one for a user
    DemoServer(int port, Function<DemoUser, String> tokens) {
        this.port = port;
        this.tokens = tokens;
        this.hostPage = new DemoHostPage(sluice(port));
    }

    /// Where Sluice is.
    static String sluice(int port) {
        return "http://127.0.0.1:" + port;
    }

    /// Where the host is that is not Sluice.
    static String host(int port) {
        return "http://localhost:" + port;
    }

    boolean owns(String path) {
        return path.startsWith(PREFIX);
    }

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        String name = HostName.of(request.requestHeaders().get("Host"));
        if (!HostName.isLoopback(name)) {
            return Answer.NOT_FOUND.to(response);
        }
        String asked = request.method().name() + " " + path;
        return switch (asked) {
            case "POST " + SIGN_IN -> fromOwnPage(request) ? signIn(request, response) : FORBIDDEN.to(response);
            case "POST " + HOST_TOKEN -> fromOwnPage(request) ? token(response) : FORBIDDEN.to(response);
            case "GET " + HOST_PAGE -> atHost(name) ? hostPage.to(request, response) : response.sendRedirect(host(port) + HOST_PAGE);
            default -> Answer.NOT_FOUND.to(response);
        };
    }

    private static boolean fromOwnPage(HttpServerRequest request) {
        return OwnOrigin.is(request.requestHeaders().get("Origin"), request.requestHeaders().get("Host"));
    }

    private static boolean atHost(String name) {
        return name.equals(URI.create(host(0)).getHost());
    }

    /// As the order API does it for a token, without TLS and so without `Secure`. With an `order`, the operator begins at its timeline.
    private Publisher<Void> signIn(HttpServerRequest request, HttpServerResponse response) {
        return form(request).defaultIfEmpty("").flatMapMany(form -> {
            Optional<DemoUser> user = DemoUser.of(field(form, "as"));
            if (user.isEmpty()) {
                return Answer.MALFORMED.to(response);
            }
            response.header("Set-Cookie", "sluice-session=" + tokens.apply(user.get()) + "; Path=/; Max-Age="
                    + Demo.TOKEN_LIFE.toSeconds() + "; HttpOnly; SameSite=Lax");
            return response.status(303).header("Location", page(user.get(), field(form, "order"))).send();
        });
    }

    private static String page(DemoUser user, String order) {
        boolean shown = user == DemoUser.OPERATOR && TradeNumber.isLegal(order);
        return shown ? user.page() + "/orders/" + order : user.page();
    }

    /// What the backend of a host does for the user of its own page.
    private Publisher<Void> token(HttpServerResponse response) {
        response.header("Cache-Control", "no-store");
        return Answer.json(200, "{\"token\":\"" + tokens.apply(DemoUser.PAYER_1) + "\"}").to(response);
    }

    /// Empty when it is too large, or of unknown size.
    private static Mono<String> form(HttpServerRequest request) {
        String length = request.requestHeaders().get("Content-Length", "");
        boolean small = length.matches("\\d{1,3}") && Integer.parseInt(length) <= FORM_BYTES;
        return small ? request.receive().aggregate().asString(StandardCharsets.UTF_8) : Mono.empty();
    }

    private static String field(String form, String name) {
        return new QueryStringDecoder(form, false).parameters().getOrDefault(name, List.of("")).getFirst();
    }
}
