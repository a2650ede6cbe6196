package dev.sluice.order.page;

import java.util.regex.Pattern;

/// Where a page is open, as far as the `User-Agent` reveals it. It decides the first layout only: the browser corrects it, and a wrong
/// guess must do no harm.
enum Place {
    DESKTOP("desktop"), PHONE("phone"), TABLET("tablet"),
    /// In WeChat or WeCom on a phone.
    WECHAT("wechat"),
    /// In WeChat on a desktop, where the code can be scanned from the screen.
    WECHAT_DESKTOP("wechat-desktop"),
    /// In Alipay.
    ALIPAY("alipay"),
    /// In another app on a phone, which may not open the wallet.
    WEBVIEW("webview");

    private static final Pattern WECHAT_ON_A_DESKTOP = Pattern.compile("WindowsWechat|MacWechat");
    private static final Pattern OTHER_APPS = Pattern.compile("\\bQQ/|MQQBrowser/|DingTalk|Lark/|Feishu");
    private static final Pattern MOBILE = Pattern.compile("Mobi|iPhone|iPod|Windows Phone");
    private static final Pattern TABLETS = Pattern.compile("iPad|Tablet|PlayBook|Silk/");

    private final String code;

    Place(String code) {
        this.code = code;
    }

    /// The value of `data-place`.
    String code() {
        return code;
    }

    /// The most likely place.
    ///
    /// @param userAgent the header, or an empty text
    static Place of(String userAgent) {
        if (userAgent.contains("AlipayClient/")) {
            return ALIPAY;
        }
        Place device = device(userAgent);
        if (userAgent.contains("MicroMessenger/")) {
            return device == DESKTOP || WECHAT_ON_A_DESKTOP.matcher(userAgent).find() ? WECHAT_DESKTOP : WECHAT;
        }
        return device == PHONE && OTHER_APPS.matcher(userAgent).find() ? WEBVIEW : device;
    }

    /// An Android that does not name itself mobile is a tablet.
    private static Place device(String userAgent) {
        boolean mobile = MOBILE.matcher(userAgent).find();
        if (TABLETS.matcher(userAgent).find() || (!mobile && userAgent.contains("Android"))) {
            return TABLET;
        }
        return mobile ? PHONE : DESKTOP;
    }
}
