package dev.sluice.provider;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.PayAction;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.payment.AccountCheck;
import dev.sluice.provider.payment.OrderClosing;
import dev.sluice.provider.payment.PaymentQuery;
import dev.sluice.provider.payment.PaymentState;
import dev.sluice.provider.payment.ProviderResponse;
import dev.sluice.provider.payment.QrAnswer;
import dev.sluice.provider.payment.QrOrder;
import dev.sluice.provider.payment.QrPayment;
import dev.sluice.provider.payment.RefundQuery;
import dev.sluice.provider.refund.Refunding;

import static org.assertj.core.api.Assertions.assertThat;

class BulkheadConnectionTest {
    private static final ProviderResponse<QrAnswer> CODE = new ProviderResponse<>(new QrAnswer.Ready(new PayAction.QrCode("code")),
            new byte[0]);

    @Test
    void answersUnknownAtOnceWhenTooManyWait() throws Exception {
        var entered = new CountDownLatch(2);
        var answer = new CountDownLatch(1);
        var bounded = new BulkheadConnection(new Hanging(entered, answer), 2);
        var first = Thread.ofVirtual().start(() -> bounded.qr().create(anyOrder()));
        var second = Thread.ofVirtual().start(() -> bounded.qr().create(anyOrder()));
        entered.await();

        assertThat(bounded.qr().create(anyOrder()).answer()).isInstanceOf(QrAnswer.Unknown.class);
        assertThat(bounded.query().query(TradeNumber.next()).answer()).as("all capabilities share the places")
                .isInstanceOf(PaymentState.Unknown.class);

        answer.countDown();
        first.join();
        second.join();
        assertThat(bounded.qr().create(anyOrder())).isEqualTo(CODE);
    }

    private record Hanging(CountDownLatch entered, CountDownLatch answer) implements ProviderConnection {
        @Override
        public Merchant merchant() {
            return new Merchant("a", "b");
        }

        @Override
        public QrPayment qr() {
            return _ -> {
                entered.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return CODE;
            };
        }

        @Override
        public PaymentQuery query() {
            throw new AssertionError("not asked");
        }

        @Override
        public OrderClosing closing() {
            throw new AssertionError("not asked");
        }

        @Override
        public RefundQuery refunds() {
            throw new AssertionError("not asked");
        }

        @Override
        public Refunding refunding() {
            throw new AssertionError("not asked");
        }

        @Override
        public AccountCheck accountCheck() {
            throw new AssertionError("not asked");
        }

        @Override
        public void close() {}
    }

    private static QrOrder anyOrder() {
        return new QrOrder(TradeNumber.next(), Money.ofFen(1), "x", Instant.EPOCH, Instant.EPOCH, URI.create("http://x"), "127.0.0.1");
    }
}
