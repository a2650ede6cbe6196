package dev.sluice.order.page;

import java.util.Optional;
import java.util.function.Predicate;

import org.springframework.http.CacheControl;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.ErrorAnswers;
import dev.sluice.edge.answer.Refusal;

/// Answers with pages and their files.
final class PageServing {
    private final PageFiles files;
    private final ErrorAnswers errors;

    PageServing(PageFiles files, ErrorAnswers errors) {
        this.files = files;
        this.errors = errors;
    }

    /// A page, for requests that may see it; the others are answered as if the page did not exist.
    WebHandler page(String file, PageHeaders headers, boolean demo, Predicate<ServerHttpRequest> admitted) {
        Optional<Shell> shell = files.at(file).map(html -> new Shell(html.text(), demo));
        return exchange -> shell.filter(_ -> admitted.test(exchange.getRequest())).map(each -> {
            headers.to(exchange.getResponse().getHeaders());
            return write(exchange, each.of(Reader.of(exchange)));
        }).orElseGet(() -> unknown(exchange));
    }

    /// Files whose names change with their contents.
    WebHandler assets() {
        CacheControl kept = CacheControl.maxAge(Limits.ASSET_KEPT).cachePublic().immutable();
        return exchange -> file(exchange, kept, "same-origin");
    }

    /// The element, which pages of hosts load.
    WebHandler element() {
        CacheControl kept = CacheControl.maxAge(Limits.ELEMENT_KEPT).cachePublic();
        return exchange -> file(exchange, kept, "cross-origin");
    }

    private Mono<Void> file(ServerWebExchange exchange, CacheControl kept, String readers) {
        Optional<PageFile> file = files.at(exchange.getRequest().getPath().value());
        if (file.isEmpty()) {
            return unknown(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setCacheControl(kept);
        response.getHeaders().set("Cross-Origin-Resource-Policy", readers);
        return file.get().to(exchange.getRequest(), response);
    }

    private static Mono<Void> write(ServerWebExchange exchange, byte[] body) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private Mono<Void> unknown(ServerWebExchange exchange) {
        return errors.write(exchange, Refusal.of(EdgeCode.NOT_FOUND));
    }
}
