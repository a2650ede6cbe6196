package dev.sluice.order.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sluice.order.doctor.Diagnosis.Found;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.notification.NotificationProbe;
import dev.sluice.provider.notification.NotifyUrl;
import dev.sluice.provider.wire.ConnectionFailure;
import dev.sluice.setting.form.GatewayHosts;

/// `ServerAddress` as a provider sees it: calls it from outside, as far as this machine can, and recognises who answers.
final class PublicAddress {
    /// Finds the addresses of a name.
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private final HttpClient http;
    private final Names names;
    private final GatewayHosts allowed;

    /// @param allowed hosts that are called although they are in a private network
    PublicAddress(HttpClient http, Names names, GatewayHosts allowed) {
        this.http = http;
        this.names = names;
        this.allowed = allowed;
    }

    /// What can be found out about the address without calling it.
    Found look(URI address) {
        String host = String.valueOf(address.getHost());
        try {
            Optional<InetAddress> secluded = secluded(host);
            if (secluded.isPresent()) {
                return Diagnosis.ADDRESS_PRIVATE.with(secluded.get().getHostAddress());
            }
            return "https".equals(address.getScheme()) ? Diagnosis.ADDRESS_PUBLIC.with() : Diagnosis.ADDRESS_NOT_HTTPS.with();
        } catch (UnknownHostException e) {
            return Diagnosis.ADDRESS_UNKNOWN_HOST.with(host);
        }
    }

    /// A name with a private address among others is private for some of the callers.
    private Optional<InetAddress> secluded(String host) throws UnknownHostException {
        return Arrays.stream(names.addresses(host)).filter(PublicAddress::isPrivate).findFirst();
    }

    /// Nothing in the private network is called at an operator's request: the answers would reveal what runs in it. The JDK keeps what it has
    /// looked up for some seconds, so the address that is called is the one that was looked at.
    private boolean isOffLimits(String host) {
        try {
            return !allowed.contains(host) && secluded(host).isPresent();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                // fc00::/7, and 100.64.0.0/10 of carriers that have run out of addresses
                || (address instanceof Inet6Address && (bytes[0] & 0xFE) == 0xFC)
                || (address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xC0) == 64);
    }

    /// Sends a provider's probe by the path of the provider's notifications. Without a key it sends an empty request only, because a probe
    /// would be kept as a forgery.
    ///
    /// Blocks, but not for long.
    Found visit(URI address, PaymentChannel channel, Optional<byte[]> probeKey) throws InterruptedException {
        if (isOffLimits(String.valueOf(address.getHost()))) {
            return Diagnosis.NOTICES_NOT_CALLED.with();
        }
        URI url = new NotifyUrl(address, channel.provider()).uri();
        if (probeKey.isEmpty()) {
            return send(HttpRequest.newBuilder(url).GET().build(),
                    response -> response.statusCode() == 405 ? Diagnosis.NOTICES_UNPROVEN.with() : refusal(response));
        }
        NotificationProbe probe = NotificationProbe.of(channel.provider(), channel.notifications(), probeKey.get());
        HttpRequest request = HttpRequest
                .newBuilder(url)
                .header("Content-Type", probe.contentType())
                .POST(BodyPublishers.ofByteArray(probe.body()))
                .build();
        return send(request, response -> {
            if (response.statusCode() != 200) {
                return refusal(response);
            }
            byte[] answer = response.body().readNBytes(Limits.PROBE_ANSWER_BYTES);
            if (probe.isAnswered(200, answer)) {
                return Diagnosis.NOTICES_ARRIVE.with();
            }
            String failure = channel.notifications().failure().body();
            return (new String(answer, StandardCharsets.UTF_8).strip().equals(failure)
                    ? Diagnosis.NOTICES_ALTERED
                    : Diagnosis.NOTICES_SOMEBODY_ELSE).with();
        });
    }

    @FunctionalInterface
    private interface Understanding {
        Found of(HttpResponse<InputStream> response) throws IOException;
    }

    private Found send(HttpRequest request, Understanding understanding) throws InterruptedException {
        var coming = http.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            var response = coming.get(Limits.PROBED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            try (InputStream _ = response.body()) {
                return understanding.of(response);
            }
        } catch (ExecutionException | IOException e) {
            return silence(ConnectionFailure.of(e));
        } catch (TimeoutException e) {
            return silence(ConnectionFailure.TIME_OUT);
        } finally {
            coming.cancel(true);
        }
    }

    private static Found silence(ConnectionFailure obstacle) {
        return (switch (obstacle) {
            case UNKNOWN_HOST -> Diagnosis.NOTICES_UNKNOWN_HOST;
            case TLS -> Diagnosis.NOTICES_TLS;
            case TIME_OUT -> Diagnosis.NOTICES_TIME_OUT;
            case REFUSED -> Diagnosis.NOTICES_REFUSED;
            case BROKEN -> Diagnosis.NOTICES_BROKEN;
        }).with();
    }

    private static Found refusal(HttpResponse<?> response) {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> Diagnosis.NOTICES_SOMEBODY_ELSE.with();
            case 301, 302, 303, 307, 308 -> Diagnosis.NOTICES_REDIRECTED.with(shown(response.headers().firstValue("Location").orElse("?")));
            case 401, 403 -> Diagnosis.NOTICES_BLOCKED.with(status);
            case 502, 503, 504 -> Diagnosis.NOTICES_GATEWAY_AWAY.with(status);
            default -> Diagnosis.NOTICES_NOT_ROUTED.with(status);
        };
    }

    private static String shown(String address) {
        return address.length() <= Limits.SHOWN_OF_AN_ADDRESS ? address : address.substring(0, Limits.SHOWN_OF_AN_ADDRESS) + "…";
    }
}
