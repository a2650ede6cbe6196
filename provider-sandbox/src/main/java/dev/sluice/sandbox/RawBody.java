package dev.sluice.sandbox;

import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.ServerWebInputException;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads a request's body as bytes, whatever its content type: WebFlux keeps forms from a `@RequestBody`, and clients mislabel.
public final class RawBody {
    /// Of any request; real ones have a few kilobytes.
    static final int MAX_BYTES = 64 * 1024;

    private static final ResolvableType BYTES = ResolvableType.forClass(byte[].class);

    private RawBody() {}

    /// Waits for the whole body, so only to be called on a virtual thread. An oversized body ends the request with 413.
    public static byte[] read(ServerHttpRequest request) {
        var decoder = new ByteArrayDecoder();
        decoder.setMaxInMemorySize(MAX_BYTES);
        try {
            byte[] body = decoder.decodeToMono(request.getBody(), BYTES, null, Map.of()).block();
            return body == null ? new byte[0] : body;
        } catch (DataBufferLimitException tooLarge) {
            throw new ContentTooLargeException(tooLarge);
        }
    }

    /// The values of a field in a body that is a form, in their order. A broken escape ends the request with 400.
    public static List<String> formValues(byte[] body, String field) {
        try {
            return Stream.of(new String(body, UTF_8).split("&"))
                    .map(pair -> pair.split("=", 2))
                    .filter(pair -> pair.length == 2 && URLDecoder.decode(pair[0], UTF_8).equals(field))
                    .map(pair -> URLDecoder.decode(pair[1], UTF_8))
                    .toList();
        } catch (IllegalArgumentException brokenEscape) {
            throw new ServerWebInputException("The form has a broken escape", null, brokenEscape);
        }
    }
}
