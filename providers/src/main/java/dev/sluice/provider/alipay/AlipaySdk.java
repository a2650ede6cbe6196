package dev.sluice.provider.alipay;

import java.security.Security;
import java.util.Base64;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipayLogger;

import dev.sluice.provider.alipay.account.AlipayMerchant;

/// Opens clients of Alipay's SDK and undoes what it does to the rest of the JVM: its first use empties
/// `jdk.certpath.disabledAlgorithms`, which would let every TLS connection of this process accept broken certificates,
/// and it logs each request with all parameters.
///
/// Such a client verifies nothing, for it has no key of Alipay: [AlipayClient] does, for every answer.
final class AlipaySdk {
    private static final String DISABLED_ALGORITHMS = "jdk.certpath.disabledAlgorithms";
    private static final int CONNECT_WITHIN_MILLIS = 3_000;
    private static final int ANSWER_WITHIN_MILLIS = 6_000;

    private AlipaySdk() {}

    /// @throws IllegalStateException when the SDK does not take the account
    static AlipayClient open(AlipayMerchant merchant) {
        AlipayConfig config = new AlipayConfig();
        config.setServerUrl(merchant.gatewayUrl().toString());
        config.setAppId(merchant.verifying().merchant().appId());
        config.setPrivateKey(Base64.getEncoder().encodeToString(merchant.privateKey().getEncoded()));
        config.setConnectTimeout(CONNECT_WITHIN_MILLIS);
        config.setReadTimeout(ANSWER_WITHIN_MILLIS);
        return contained(config);
    }

    private static synchronized AlipayClient contained(AlipayConfig config) {
        String disabled = Security.getProperty(DISABLED_ALGORITHMS);
        try {
            AlipayLogger.setNeedEnableLogger(false);
            return new DefaultAlipayClient(config);
        } catch (AlipayApiException e) {
            throw new IllegalStateException("Alipay's SDK does not take the account: " + e.getErrCode(), e);
        } finally {
            if (disabled != null) {
                Security.setProperty(DISABLED_ALGORITHMS, disabled);
            }
        }
    }
}
