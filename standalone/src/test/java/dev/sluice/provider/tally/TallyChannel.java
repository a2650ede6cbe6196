package dev.sluice.provider.tally;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.event.value.Merchant;
import dev.sluice.event.value.Provider;
import dev.sluice.provider.ChannelSettings;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.Presentation;
import dev.sluice.provider.ProviderConnection;
import dev.sluice.provider.notification.NotificationFormat;
import dev.sluice.provider.notification.NotificationReply;
import dev.sluice.provider.notification.NotificationVerifier;
import dev.sluice.provider.notification.RotatingVerifier;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.text.Texts;

/// JSON over HTTP, signed in a header; replies by HTTP status, as WeChat Pay v3 does.
public final class TallyChannel implements PaymentChannel, NotificationFormat {
    static final Provider TALLY = new Provider("tally");
    static final Setting KEY = Setting.verifyingKey("TallyKey");
    static final Setting MERCHANT = Setting.text("TallyMerchant");
    static final Setting GATEWAY_URL = Setting.gateway("TallyGatewayUrl", "https://tally.example.com",
            List.of("https://tally.example.com"));
    private static final ChannelSettings SETTINGS = new ChannelSettings(Setting.offer("TallyEnabled"), Setting.whole("TallyMinTopUp", "2"),
            GATEWAY_URL, List.of(MERCHANT, KEY), List.of());
    private static final Pattern CLAIM = Pattern.compile("\"number\":\"([0-9A-Za-z_-]{1,64})\"");

    @Override
    public Provider provider() {
        return TALLY;
    }

    @Override
    public ChannelSettings settings() {
        return SETTINGS;
    }

    @Override
    public List<BadSettingException> faults(Settings settings) {
        return List.of();
    }

    @Override
    public Optional<ProviderConnection> speaking(Settings settings) {
        return merchant(settings).flatMap(merchant -> settings.text(KEY).map(
                key -> new TallyConnection(merchant, key, settings.text(GATEWAY_URL).orElseThrow())));
    }

    @Override
    public Optional<NotificationVerifier> verifying(Settings settings) {
        return RotatingVerifier.<String>of(settings, KEY,
                each -> merchant(each).flatMap(merchant -> each.text(KEY).map(key -> new TallyVerifier(merchant, key))));
    }

    private static Optional<Merchant> merchant(Settings settings) {
        return settings.text(MERCHANT).map(merchant -> new Merchant(merchant, merchant));
    }

    @Override
    public NotificationFormat notifications() {
        return this;
    }

    @Override
    public Presentation presentation() {
        return new Presentation("rgba(var(--semi-orange-5), 1)", Texts.beside(TallyChannel.class));
    }

    @Override
    public Optional<String> claimedTradeNumber(byte[] body) {
        Matcher claim = CLAIM.matcher(new String(body, StandardCharsets.UTF_8));
        return claim.find() ? Optional.of(claim.group(1)) : Optional.empty();
    }

    @Override
    public NotificationReply failure() {
        return TallyVerifier.FAILURE;
    }

    @Override
    public Set<String> signedHeaders() {
        return Set.of(TallyVerifier.HEADER);
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String probeUpToNonce() {
        return "{\"probe\":\"";
    }

    @Override
    public String probeAfterNonce(String sign) {
        return "\",\"sign\":\"" + sign + "\"}";
    }
}
