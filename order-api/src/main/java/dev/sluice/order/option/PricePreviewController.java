package dev.sluice.order.option;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

import dev.sluice.edge.answer.Caller;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.event.value.Provider;
import dev.sluice.event.value.UserId;
import dev.sluice.order.answer.OrderCode;
import dev.sluice.order.pricing.AmountPrice;
import dev.sluice.order.pricing.PriceList;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Settings;

/// What amounts would cost by settings that are not set yet. Sets nothing.
@RestController
class PricePreviewController {
    private final SettingsUpdate update;
    private final PaymentChannels channels;

    PricePreviewController(SettingsUpdate update, PaymentChannels channels) {
        this.update = update;
        this.channels = channels;
    }

    /// The body of `prices`.
    ///
    /// @param settings values by name, as they would be set
    /// @param group    of the payer; empty for none, whose factor is 1
    record PreviewRequest(Map<String, JsonNode> settings, List<Long> amounts, String paymentMethod, String group) {}

    /// The prices, or what is wrong with the settings.
    sealed interface PreviewAnswer permits PreviewedPrices, OptionController.RefusedSettings {}

    /// What each amount would cost.
    record PreviewedPrices(boolean success, String message, List<AmountPrice> data) implements PreviewAnswer {}

    /// Prices of amounts by settings as they would be, refused like the change that would set them.
    @PostMapping(path = "/api/option/prices", consumes = MediaType.APPLICATION_JSON_VALUE)
    PreviewAnswer preview(@RequestBody PreviewRequest request, @AuthenticationPrincipal Caller caller, Locale locale) {
        AmountPrice.check(request.amounts());
        Provider provider = channels.find(request.paymentMethod()).map(PaymentChannel::provider)
                .orElseThrow(() -> Refusal.of(OrderCode.METHOD_UNKNOWN).exception());
        return switch (update.candidate(request.settings(), new UserId(caller.user()))) {
            case SettingsUpdate.Candidate.Wrong(var faults) -> OptionController.RefusedSettings.of(faults, locale);
            case SettingsUpdate.Candidate.Right(_, Settings settings) -> prices(settings, provider, request, locale);
        };
    }

    private PreviewAnswer prices(Settings settings, Provider provider, PreviewRequest request, Locale locale) {
        try {
            PriceList prices = PriceList.from(settings, channels);
            return new PreviewedPrices(true, "", request.amounts().stream()
                    .map(amount -> AmountPrice.of(prices, provider, amount, request.group(), locale)).toList());
        } catch (BadSettingException e) {
            // It was wrong before.
            return OptionController.RefusedSettings.of(List.of(e), locale);
        }
    }
}
