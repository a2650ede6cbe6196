package dev.sluice.sandbox.wallet;

import org.springframework.web.util.HtmlUtils;

/// The pages of the wallet. Everything that came from outside is escaped.
final class WalletPages {
    private static final String HEAD = """
            <!doctype html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>沙箱钱包 Sandbox wallet</title>
            <style>
            body { margin: 0; background: #f2f3f5; color: #1d2129; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif }
            main { max-width: 24rem; margin: 8vh auto; padding: 2rem; background: #fff; border-radius: 1rem; box-shadow: 0 4px 24px #0001 }
            h1 { margin: 0; font-size: 1.1rem }
            small { color: #6b7785 }
            .amount { margin: 1.5rem 0 .5rem; font-size: 2.5rem; font-weight: 600; text-align: center }
            .wechat { color: #067a3e }
            .alipay { color: #0e56c4 }
            .refused { color: #b3261e }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 1.5rem 0 }
            dt { color: #6b7785 }
            dd { margin: 0; text-align: right; overflow-wrap: anywhere }
            input[type=text] { box-sizing: border-box; width: 100%; margin: .5rem 0 1rem; padding: .7rem; font: inherit;
              border: 1px solid #c9cdd4; border-radius: .5rem }
            button { width: 100%; margin-top: .6rem; padding: .8rem; font: inherit; color: #fff; background: #1d2129; border: 0;
              border-radius: .5rem; cursor: pointer }
            button.leave { color: #1d2129; background: #e5e6eb }
            </style>
            </head>
            <body>
            <main>
            """;
    private static final String BACK = "<p><a href=\"/wallet\">返回 Back</a></p>\n";
    private static final String FOOT = """
            <p><small>沙箱，不会发生真实扣款 · A sandbox: no money moves</small></p>
            </main>
            </body>
            </html>
            """;

    private WalletPages() {}

    static String scanner() {
        return HEAD
                + """
                <h1>扫一扫 <small>Scan</small></h1>
                <form action="/wallet" method="get">
                <label for="code">付款码内容 <small>Text of the QR code</small></label>
                <input id="code" name="code" type="text" required autofocus placeholder="weixin://wxpay/bizpayurl?pr=...">
                <button>打开 Open</button>
                </form>
                """
                + FOOT;
    }

    static String cashier(Cashier cashier, String code) {
        return HEAD + bill(cashier, "待支付 <small>To be paid</small>") + button("pay", "支付 Pay", code) + button("leave", "离开 Leave", code)
                + FOOT;
    }

    static String paid(Cashier cashier) {
        return HEAD + bill(cashier, "支付成功 <small>Paid</small>") + FOOT;
    }

    static String refused(WalletError error) {
        return HEAD + "<h1 class=\"refused\">" + HtmlUtils.htmlEscape(error.message()) + "</h1>\n" + BACK + FOOT;
    }

    static String left() {
        return HEAD + "<h1>已离开，未付款 <small>You left without paying</small></h1>\n" + BACK + FOOT;
    }

    private static String bill(Cashier cashier, String heading) {
        String provider = switch (cashier.provider()) {
            case WECHAT -> "<h1 class=\"wechat\">微信支付 <small>WeChat Pay</small></h1>";
            case ALIPAY -> "<h1 class=\"alipay\">支付宝 <small>Alipay</small></h1>";
        };
        return provider
                + "\n<p class=\"amount\">¥" + HtmlUtils.htmlEscape(cashier.amount()) + "</p>\n<p style=\"text-align:center\">" + heading
                + "</p>\n<dl>\n"
                + row("收款方 <small>Payee</small>", cashier.payee())
                + row("商品 <small>Subject</small>", cashier.subject())
                + row("商户单号 <small>Order</small>", cashier.tradeNumber())
                + (cashier.transactionId() == null ? "" : row("交易单号 <small>Transaction</small>", cashier.transactionId()))
                + "</dl>\n";
    }

    private static String row(String label, String value) {
        return "<dt>" + label + "</dt><dd>" + HtmlUtils.htmlEscape(value) + "</dd>\n";
    }

    private static String button(String act, String label, String code) {
        return "<form action=\"/wallet/" + act + "\" method=\"post\"><input type=\"hidden\" name=\"code\" value=\""
                + HtmlUtils.htmlEscape(code) + "\"><button class=\"" + act + "\">" + label + "</button></form>\n";
    }
}
