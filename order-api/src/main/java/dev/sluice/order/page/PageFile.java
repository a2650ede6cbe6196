package dev.sluice.order.page;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/// A built file, with its compressed form where the build made one.
final class PageFile {
    private static final Pattern REFUSED = Pattern.compile("q=0(?:\\.0{0,3})?");

    private final MediaType type;
    private final byte[] plain;
    private final byte @Nullable [] gzip;

    PageFile(String name, byte[] plain, byte @Nullable [] gzip) {
        this.type = typeOf(name);
        this.plain = plain;
        this.gzip = gzip;
    }

    private static MediaType typeOf(String name) {
        MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type;
    }

    String text() {
        return new String(plain, StandardCharsets.UTF_8);
    }

    /// Answers with the file, compressed when the client accepts that.
    Mono<Void> to(ServerHttpRequest request, ServerHttpResponse response) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(type);
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        byte[] body = plain;
        if (gzip != null && acceptsGzip(request)) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = gzip;
        }
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static boolean acceptsGzip(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT).split(";", 2))
                .anyMatch(coding -> coding[0].strip().equals("gzip")
                        && (coding.length == 1 || !REFUSED.matcher(coding[1].strip()).matches()));
    }
}
