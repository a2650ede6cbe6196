package dev.sluice.provider.alipay;

import java.security.Security;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayConfig;
import com.alipay.api.AlipayRequest;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.internal.util.AlipayLogger;

import dev.sluice.provider.alipay.account.AlipayMerchant;

/// Composes and signs requests by Alipay's SDK. That is all it is used for: it follows redirects, reads answers without end, accepts
/// failures that are not signed and logs each request with all parameters. What its classes do to the rest of the JVM when they are loaded
/// is undone: they empty `jdk.certpath.disabledAlgorithms`, which would let every TLS connection accept broken certificates.
final class AlipaySdk {
    private static final String DISABLED_ALGORITHMS = "jdk.certpath.disabledAlgorithms";
    private static final String CONTENT = "biz_content=";

    private final DefaultAlipayClient composer;

    /// @throws IllegalStateException when the SDK does not take the account
    AlipaySdk(AlipayMerchant merchant) {
        AlipayConfig config = new AlipayConfig();
        config.setServerUrl(merchant.gatewayUrl().toString());
        config.setAppId(merchant.verifying().merchant().appId());
        config.setPrivateKey(Base64.getEncoder().encodeToString(merchant.privateKey().getEncoded()));
        load();
        try {
            this.composer = new DefaultAlipayClient(config);
        } catch (AlipayApiException e) {
            throw new IllegalStateException("Alipay's SDK does not take the account: " + e.getErrCode(), e);
        }
    }

    /// Loads the SDK's classes, at start, before this process opens a TLS connection. Later calls change nothing.
    static synchronized void load() {
        String disabled = Security.getProperty(DISABLED_ALGORITHMS);
        try {
            Class.forName(DefaultAlipayClient.class.getName());
            AlipayLogger.setNeedEnableLogger(false);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("it was found at compile time", e);
        } finally {
            if (disabled != null) {
                Security.setProperty(DISABLED_ALGORITHMS, disabled);
            }
        }
    }

    /// A signed request, URL-encoded.
    ///
    /// @param query of the gateway's address: the common parameters and the signature
    /// @param body  the content, as a form
    record SignedRequest(String query, String body) {}

    /// Signs a request, with the time of now.
    ///
    /// @throws IllegalStateException when the SDK cannot
    SignedRequest sign(AlipayRequest<?> request) {
        try {
            String[] pairs = composer.sdkExecute(request).getBody().split("&");
            Map<Boolean, List<String>> parts = Arrays.stream(pairs).collect(Collectors.partitioningBy(pair -> pair.startsWith(CONTENT)));
            return new SignedRequest(joined(parts, false), joined(parts, true));
        } catch (AlipayApiException e) {
            throw new IllegalStateException("Alipay's SDK cannot sign: " + e.getErrCode(), e);
        }
    }

    private static String joined(Map<Boolean, List<String>> parts, boolean content) {
        return String.join("&", parts.getOrDefault(content, List.of()));
    }
}
