package dev.sluice.provider.alipay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import tools.jackson.databind.JsonNode;

/// Asks Alipay by its SDK, and lets no answer through that is not signed by Alipay, success or failure.
final class AlipayCaller implements AutoCloseable {
    /// For connecting and reading together, however slowly the bytes come.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);
    private static final byte[] NOTHING = {};

    private final AlipaySignature signature;
    private final AlipayClient client;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /// @throws IllegalStateException when Alipay's SDK does not take the account
    AlipayCaller(AlipayMerchant merchant) {
        this.signature = new AlipaySignature(merchant.verifying().alipayPublicKey());
        this.client = AlipaySdk.open(merchant);
    }

    /// What Alipay said about a call.
    // Nobody compares answers, and the body is nothing but bytes.
    @SuppressWarnings("ArrayRecordComponent")
    sealed interface Answer {
        byte[] body();

        /// Signed; its `code` is still to be looked at.
        record Signed(JsonNode node, byte[] body) implements Answer {
            String code() {
                return node.path("code").asString("");
            }

            String subCode() {
                return node.path("sub_code").asString("");
            }

            String text(String name) {
                return node.path(name).asString("");
            }

            /// For operators.
            String words() {
                return "code " + code() + " " + subCode();
            }
        }

        /// Anything else.
        record Unknown(String why, byte[] body) implements Answer {}
    }

    <T extends AlipayResponse> Answer call(AlipayRequest<T> request) {
        String node = request.getApiMethodName().replace('.', '_') + "_response";
        Future<Answer> answer = calls.submit(() -> understand(client.execute(request), node));
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // The SDK throws NullPointerException, IllegalArgumentException and others for answers that it does not like.
            return new Answer.Unknown("no usable answer: " + String.valueOf(e.getCause()).split(":", 2)[0], NOTHING);
        } catch (TimeoutException e) {
            return new Answer.Unknown("no answer in time", NOTHING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("interrupted", NOTHING);
        } finally {
            // Closes the socket of a call that still waits: a virtual thread's reading can be interrupted.
            answer.cancel(true);
        }
    }

    /// The SDK lets failures without a signature through, so the signature is checked here, once more and for every answer.
    private Answer understand(AlipayResponse response, String nodeName) {
        byte[] body = response.getBody().getBytes(StandardCharsets.UTF_8);
        return AlipayAnswer
                .signedNode(response.getBody(), nodeName, signature)
                .<Answer>map(node -> new Answer.Signed(node, body))
                .orElseGet(() -> new Answer.Unknown("the answer is not signed by Alipay", body));
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
