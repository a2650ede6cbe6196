package dev.sluice.notify;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The bodies that are being read. A provider sends its body at once. When too many are open, the one that has been open for longest makes
/// room. So a slow sender blocks no other, as long as fewer than [Limits#BODIES] others are begun while one arrives.
final class RequestBodies {
    /// Oldest first; each is notified when it has to make room.
    private final SequencedSet<Sinks.Empty<byte[]>> open = new LinkedHashSet<>();

    /// At most one byte more than the limit, because a too long body is a verdict, not an error. Empty when it had to make room.
    Mono<byte[]> read(ServerHttpRequest request) {
        return Mono.using(this::enter, room -> joined(request).timeout(Limits.BODY_WITHIN).takeUntilOther(room.asMono()), this::leave);
    }

    private Sinks.Empty<byte[]> enter() {
        Sinks.Empty<byte[]> entered = Sinks.empty();
        Sinks.@Nullable Empty<byte[]> oldest;
        synchronized (open) {
            oldest = open.size() < Limits.BODIES ? null : open.removeFirst();
            open.addLast(entered);
        }
        if (oldest != null) {
            oldest.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
        return entered;
    }

    private void leave(Sinks.Empty<byte[]> room) {
        synchronized (open) {
            open.remove(room);
        }
    }

    private static Mono<byte[]> joined(ServerHttpRequest request) {
        return DataBufferUtils
                .join(DataBufferUtils.takeUntilByteCount(request.getBody(), Limits.BODY_BYTES + 1L))
                .map(RequestBodies::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
