package dev.sluice.standalone.browser;

/// What a page is looked at with.
enum Screen {
    DESKTOP(1280, 900, ""),
    PHONE(390, 844,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 "
                    + "Safari/604.1"),
    WECHAT(390, 844, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
            + "MicroMessenger/8.0.61(0x18003d2b) NetType/WIFI Language/zh_CN");

    final int width;
    final int height;
    /// The browser's own where it is empty.
    final String agent;

    Screen(int width, int height, String agent) {
        this.width = width;
        this.height = height;
        this.agent = agent;
    }

    boolean isPhone() {
        return this != DESKTOP;
    }
}
