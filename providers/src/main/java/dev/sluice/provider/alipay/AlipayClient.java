package dev.sluice.provider.alipay;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import com.alipay.api.AlipayRequest;
import com.alipay.api.AlipayResponse;
import tools.jackson.databind.JsonNode;

import dev.sluice.provider.alipay.account.AlipayMerchant;
import dev.sluice.provider.wire.ConnectionFailure;

/// Asks Alipay by its SDK, and lets no answer through that is not signed by Alipay, success or failure.
final class AlipayClient implements AutoCloseable {
    /// For connecting and reading together, however slowly the bytes come.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(9);
    private static final byte[] NOTHING = {};

    private final AlipaySignature signature;
    private final com.alipay.api.AlipayClient client;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /// @throws IllegalStateException when Alipay's SDK does not take the account
    AlipayClient(AlipayMerchant merchant) {
        this.signature = new AlipaySignature(merchant.verifying().alipayPublicKey());
        this.client = AlipaySdk.open(merchant);
    }

    /// Alipay's answer to a call.
    // Never compared, and the body is plain bytes.
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

        /// Anything else: useful to an operator, without meaning for an order.
        sealed interface Unknown extends Answer {
            /// For operators; never holds a key or a body.
            String why();
        }

        /// The provider did not answer.
        record Silence(ConnectionFailure obstacle) implements Unknown {
            @Override
            public String why() {
                return "no answer: " + obstacle;
            }

            @Override
            public byte[] body() {
                return NOTHING;
            }
        }

        /// It looks like Alipay's, and our key for Alipay does not verify it, or the signature is missing: Alipay does not sign answers to
        /// unknown callers.
        ///
        /// @param signed whether there is a signature at all
        record NotSigned(JsonNode node, boolean signed, byte[] body) implements Unknown {
            @Override
            public String why() {
                return "the answer is not signed by Alipay";
            }
        }

        /// No answer to this question.
        record Unusable(String why, byte[] body) implements Unknown {}
    }

    <T extends AlipayResponse> Answer call(AlipayRequest<T> request) {
        String node = request.getApiMethodName().replace('.', '_') + "_response";
        Future<Answer> answer = calls.submit(() -> understand(client.execute(request), node));
        try {
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return understand(e);
        } catch (TimeoutException e) {
            return new Answer.Silence(ConnectionFailure.TIME_OUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unusable("interrupted", NOTHING);
        } finally {
            // Closes the socket of a call that still waits: a virtual thread's reading can be interrupted.
            answer.cancel(true);
        }
    }

    /// The SDK throws NullPointerException, IllegalArgumentException and others for answers that it does not accept, and IOExceptions
    /// for an HTTP status: only the state of the connection shows that no answer arrived.
    private static Answer understand(ExecutionException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof SocketTimeoutException || cause instanceof UnknownHostException
                    || cause instanceof SSLException) {
                return new Answer.Silence(ConnectionFailure.of(cause));
            }
        }
        return new Answer.Unusable("no usable answer: " + String.valueOf(e.getCause()).split(":", 2)[0], NOTHING);
    }

    /// Here is the only place where Alipay's signature is checked: the SDK is not given the key, because it lets failures without a
    /// signature through and keeps the answers to itself that are signed with another.
    private Answer understand(AlipayResponse response, String nodeName) {
        byte[] body = response.getBody().getBytes(StandardCharsets.UTF_8);
        return AlipayAnswer
                .signedNode(response.getBody(), nodeName, signature)
                .<Answer>map(node -> new Answer.Signed(node, body))
                .or(() -> AlipayAnswer.unverified(response.getBody(), nodeName)
                        .map(answer -> new Answer.NotSigned(answer.node(), answer.signed(), body)))
                .orElseGet(() -> new Answer.Unusable("the answer is not Alipay's JSON", body));
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
