package dev.sluice.order.pricing;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Money;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.TradeNumber;
import dev.sluice.provider.QrAnswer;
import dev.sluice.provider.QrOrder;
import dev.sluice.provider.QrPayment;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;

class QrPaymentBulkheadTest {
    @Test
    void saysUnknownAtOnceWhenTooManyWait() throws Exception {
        var entered = new CountDownLatch(2);
        var answer = new CountDownLatch(1);
        var bounded = new QrPaymentBulkhead(new Hanging(entered, answer), 2);
        var first = Thread.ofVirtual().start(() -> bounded.create(anyOrder()));
        var second = Thread.ofVirtual().start(() -> bounded.create(anyOrder()));
        entered.await();

        assertThat(bounded.create(anyOrder())).isInstanceOf(QrAnswer.Unknown.class);

        answer.countDown();
        first.join();
        second.join();
        assertThat(bounded.create(anyOrder())).isEqualTo(new QrAnswer.Code("code"));
    }

    private record Hanging(CountDownLatch entered, CountDownLatch answer) implements QrPayment {
        @Override
        public Provider provider() {
            return Providers.ALIPAY;
        }

        @Override
        public Merchant merchant() {
            return new Merchant("a", "b");
        }

        @Override
        public QrAnswer create(QrOrder order) {
            entered.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new QrAnswer.Code("code");
        }
    }

    private static QrOrder anyOrder() {
        return new QrOrder(TradeNumber.next(), Money.ofFen(1), "x", Instant.EPOCH, Instant.EPOCH, URI.create("http://x"), "127.0.0.1");
    }
}
