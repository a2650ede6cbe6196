package dev.sluice.order.option;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import dev.sluice.event.value.Money;
import dev.sluice.order.pricing.Payee;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.order.pricing.RefundTerms;
import dev.sluice.order.pricing.SalesTerms;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.GeneralFault;
import dev.sluice.setting.LiveSettings;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;
import dev.sluice.setting.form.WebAddress;

/// What operators may not set, though each value is of its kind: what its users cannot use, prices at which quota is given away, and
/// gateways that are not the provider's. The settings file is not bound by the last two.
@Component
class SettingRules {
    private final LiveSettings live;
    private final PaymentChannels channels;
    private final GatewayHosts allowed;

    SettingRules(LiveSettings live, PaymentChannels channels, GatewayHosts allowed) {
        this.live = live;
        this.channels = channels;
        this.allowed = allowed;
    }

    /// The faults of the change. What was wrong before must not keep an operator from changing something else, for example from switching
    /// it off.
    List<BadSettingException> faults(Settings candidate, Set<Setting> changed) {
        Set<String> before = faultsOf(live.current()).stream().map(SettingRules::words).collect(Collectors.toSet());
        return Stream.concat(
                faultsOf(candidate).stream()
                        .filter(fault -> fault.setting().filter(changed::contains).isPresent() || !before.contains(words(fault))),
                changed.stream().filter(setting -> setting.kind() == Setting.Kind.GATEWAY)
                        .flatMap(setting -> BadSettingException.among(() -> checkHost(setting, candidate)).stream()))
                .toList();
    }

    /// By the rules of those who use them. A method that is switched off is checked all the same: what was paid is still verified.
    private List<BadSettingException> faultsOf(Settings settings) {
        return Stream.concat(
                BadSettingException.among(() -> PriceList.from(settings, channels), () -> PriceList.checkDiscounts(settings),
                        () -> SalesTerms.subject(settings), () -> Payee.name(settings), () -> Payee.address(settings),
                        () -> SalesTerms.expiry(settings), () -> SalesTerms.dailyLimit(settings), () -> RefundTerms.from(settings),
                        () -> checkPrice(settings), () -> checkQuota(settings)).stream(),
                channels.all().stream().flatMap(channel -> channel.faults(settings).stream())).toList();
    }

    private static String words(BadSettingException fault) {
        return String.valueOf(fault.getMessage());
    }

    private static void checkPrice(Settings settings) {
        if (settings.decimal(SalesSettings.PRICE).compareTo(Limits.LEAST_PRICE) < 0) {
            throw new BadSettingException(SalesSettings.PRICE, GeneralFault.PRICE_TOO_LOW, Limits.LEAST_PRICE.toPlainString());
        }
    }

    /// At the best factors that a user can have.
    private void checkQuota(Settings settings) {
        BigInteger quota = PriceList.from(settings, channels).most(Money.ofFen(1));
        if (quota.compareTo(Limits.MOST_QUOTA_PER_FEN) > 0) {
            throw new BadSettingException(SalesSettings.PRICE, GeneralFault.TOO_MUCH_QUOTA, new BigDecimal(quota).toPlainString(),
                    Limits.MOST_QUOTA_PER_FEN);
        }
    }

    private void checkHost(Setting gateway, Settings candidate) {
        boolean good = candidate.text(gateway).flatMap(WebAddress::of)
                .map(address -> allowed.contains(address.host())
                        || isOfTheProvider(gateway, address) || isOfTheFile(gateway, candidate))
                .orElse(true);
        if (!good) {
            throw new BadSettingException(gateway, GeneralFault.NOT_THE_PROVIDERS_HOST, String.join(", ", gateway.choices()));
        }
    }

    /// In production: on the same hosts, other paths may lead to play money.
    private static boolean isOfTheProvider(Setting gateway, WebAddress address) {
        String path = address.path().endsWith("/") ? address.path().substring(0, address.path().length() - 1) : address.path();
        return address.isPlainHttps() && gateway.choices().contains(new WebAddress(address.scheme(), address.host(), -1, path).toString());
    }

    /// An operator may always return to it.
    private boolean isOfTheFile(Setting gateway, Settings candidate) {
        JsonNode value = candidate.json(gateway).orElseThrow();
        return live.bootstrap().json(gateway).filter(value::equals).isPresent();
    }

    /// The parts of a change that are wrong by themselves.
    static List<BadSettingException> all(Map<String, JsonNode> named, GeneralFault fault) {
        return named.keySet().stream().map(name -> Setting.ofLabel(name).map(setting -> new BadSettingException(setting, fault))
                .orElseGet(() -> BadSettingException.unknown(name))).toList();
    }
}
