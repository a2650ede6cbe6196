package dev.sluice.provider.alipay.account;

import java.net.URI;
import java.security.PrivateKey;
import java.util.Optional;

import dev.sluice.setting.Settings;

/// Our account at Alipay and what is needed to speak for it.
///
/// @param verifying  what is needed to believe the answers
/// @param privateKey the application's own key; never printed
/// @param gatewayUrl the whole address, with `/gateway.do`
public record AlipayMerchant(AlipayVerificationKeys verifying, PrivateKey privateKey, URI gatewayUrl) {
    /// The account that the settings describe, or nothing when they do not name it whole. What they do name is checked in any case.
    ///
    /// @throws BadSettingException when a setting cannot be right
    public static Optional<AlipayMerchant> from(Settings settings) {
        var privateKey = settings.text(AlipaySettings.PRIVATE_KEY).map(AlipayKeys::privateKey);
        var publicKey = settings.text(AlipaySettings.PUBLIC_KEY).map(AlipayKeys::publicKey);
        privateKey.ifPresent(ours -> publicKey.ifPresent(alipays -> AlipayKeys.checkApart(ours, alipays)));
        var gateway = URI.create(settings.text(AlipaySettings.GATEWAY_URL).orElseThrow());
        return AlipayVerificationKeys.from(settings)
                .flatMap(verifying -> privateKey.map(ours -> new AlipayMerchant(verifying, ours, gateway)));
    }

    @Override
    public String toString() {
        return "AlipayMerchant[" + verifying.merchant() + "]";
    }
}
