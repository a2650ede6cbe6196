package dev.sluice.provider.tally;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.event.value.TransactionId;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.AccountCheckResult;
import dev.sluice.provider.payment.CloseResult;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.payment.RefundState;
import dev.sluice.provider.refund.Refunding;

/// Asks the [TallyServer].
final class TallyConnection implements ProviderConnection {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Merchant merchant;
    private final String key;
    private final String gateway;

    TallyConnection(Merchant merchant, String key, String gateway) {
        this.merchant = merchant;
        this.key = key;
        this.gateway = gateway;
    }

    @Override
    public Merchant merchant() {
        return merchant;
    }

    @Override
    public QrPayment qr() {
        return order -> {
            JsonNode answer = call("/place", Map.of("number", order.tradeNumber().value(), "fen", order.money().minorUnits(), "notify_url",
                    order.notifyUrl().toString()));
            return new ProviderResponse<>(answer.has("code")
                    ? new QrAnswer.Ready(new PayAction.QrCode(answer.path("code").asString()))
                    : new QrAnswer.Unknown("no code"), new byte[0]);
        };
    }

    @Override
    public PaymentQuery query() {
        return tradeNumber -> {
            JsonNode answer = call("/query", Map.of("number", tradeNumber.value()));
            return new ProviderResponse<>(switch (answer.path("state").asString("")) {
                case "PAID" -> new PaymentState.Paid(new TransactionId(answer.path("transaction").asString()),
                        Money.ofFen(answer.path("fen").longValue()), Instant.parse(answer.path("paid_at").asString()));
                case "UNPAID" -> new PaymentState.Unpaid("UNPAID");
                case "CLOSED" -> new PaymentState.Closed("CLOSED");
                default -> new PaymentState.Absent();
            }, answer.toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    @Override
    public OrderClosing closing() {
        return new OrderClosing() {
            @Override
            public Duration minimumOrderAge() {
                return Duration.ZERO;
            }

            @Override
            public Duration codeLifetimeAfterExpiry() {
                return Duration.ZERO;
            }

            @Override
            public ProviderResponse<CloseResult> close(TradeNumber tradeNumber) {
                JsonNode answer = call("/close", Map.of("number", tradeNumber.value()));
                return new ProviderResponse<>(
                        answer.path("state").asString("").equals("CLOSED") ? new CloseResult.Closed() : new CloseResult.AlreadyPaid(),
                        answer.toString().getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public RefundQuery refunds() {
        return (_, _, _) -> new ProviderResponse<>(new RefundState.None(), new byte[0]);
    }

    @Override
    public Refunding refunding() {
        throw new UnsupportedOperationException("the tally refunds nothing");
    }

    @Override
    public AccountCheck accountCheck() {
        return AccountCheckResult.Accepted::new;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private JsonNode call(String path, Map<String, Object> question) {
        String body = JsonMapper.shared().writeValueAsString(question);
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(Duration.ofSeconds(5))
                .header(TallyVerifier.HEADER, TallySignature.of(key, body)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            return JsonMapper.shared().readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return JsonMapper.shared().createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JsonMapper.shared().createObjectNode();
        }
    }
}
