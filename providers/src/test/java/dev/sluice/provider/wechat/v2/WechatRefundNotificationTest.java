package dev.sluice.provider.wechat.v2;

import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.sluice.provider.Vectors;
import dev.sluice.provider.notification.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class WechatRefundNotificationTest {
    private static final String REAL = "wx_v2_refund_req_info";
    private static final String ZEROS = "wx_v2_refund_req_info_derived_leading_zero";

    /// One that WeChat Pay sent to another merchant, with that merchant's key.
    @Test
    void readsARealNotification() {
        assertThat(new WechatRefundNotification(Vectors.get(REAL + ".key")).read(Map.of("req_info", Vectors.get(REAL + ".req_info"))))
                .get().isInstanceOfSatisfying(Verdict.NotAPayment.class,
                        refund -> assertThat(refund.what())
                                .isEqualTo("a refund: SUCCESS, refund_fee 6, out_refund_no 50fd012ed1b311e7af7800163e32c503"));
    }

    /// The key is a number in hexadecimal, and one of sixteen begins with a zero.
    @Test
    void keepsTheZerosThatItsKeyBeginsWith() {
        assertThat(Vectors.get(ZEROS + ".md5")).startsWith("00");
        assertThat(new WechatRefundNotification(Vectors.get(ZEROS + ".key")).read(Map.of("req_info", Vectors.get(ZEROS + ".req_info"))))
                .as("decrypted, and rejected for what it lacks").get().isInstanceOfSatisfying(Verdict.Forged.class,
                        forged -> assertThat(forged.why()).contains("no refund_id"));
    }

    @Test
    void anotherKeyReadsNothing() {
        assertThat(new WechatRefundNotification(Vectors.get(ZEROS + ".key")).read(Map.of("req_info", Vectors.get(REAL + ".req_info"))))
                .isEmpty();
        assertThat(new WechatRefundNotification(Vectors.get(REAL + ".key")).read(Map.of("req_info", "no Base64 &"))).isEmpty();
    }
}
