package dev.sluice.order.doctor;

import java.util.List;
import java.util.Locale;

import dev.sluice.order.doctor.CheckResult.Severity;
import dev.sluice.setting.Language;

/// Everything that the doctor can find besides a setting that is wrong in itself: a stable code (the name), how bad it is, and cause and
/// remedy in Chinese and English.
public enum Diagnosis {
    SETTINGS_COMPLETE(Severity.OK, "设置齐全，已启用。", "", "Everything is set, and it is switched on.", ""),
    NOT_SET_UP(Severity.SKIPPED, "未配置此支付渠道：%s 均未设置。", "如需使用，请全部填写。",
            "This method is not set up: none of %s is set.", "To offer it, set all of them."),
    SETTINGS_MISSING(Severity.FAILED, "缺少设置：%s。", "请填写；缺一项则该渠道不提供。",
            "These settings are missing: %s.", "Set them; the method is not offered without."),
    SWITCHED_OFF(Severity.WARNING, "%s 为 false：不接受新订单，已付款的订单仍会入账。", "如需提供此渠道，请将其设为 true。",
            "%s is false: no new orders are taken; what was paid is still credited.", "Set it to true to offer the method."),
    SETTINGS_FIRST(Severity.SKIPPED, "设置不齐或有误，无法检查。", "请先修正上述设置。",
            "It cannot be looked at: settings are missing or wrong.", "Correct them first."),

    CLOCK_RIGHT(Severity.OK, "本机时钟与支付渠道相差不超过 %d 秒。", "", "Our clock and the provider's are at most %d seconds apart.", ""),
    CLOCK_ASKEW(Severity.WARNING, "本机时钟与支付渠道相差 %d 秒（正数表示本机偏快）。", "请启用 NTP 对时。",
            "Our clock differs from the provider's by %d seconds (above zero: ours is ahead).", "Have NTP set the clock."),
    CLOCK_WRONG(Severity.FAILED, "本机时钟与支付渠道相差 %d 秒（正数表示本机偏快），订单会提前失效或被拒绝。", "请立即启用 NTP 对时。",
            "Our clock differs from the provider's by %d seconds (above zero: ours is ahead): orders expire too early or are refused.",
            "Have NTP set the clock now."),
    CLOCK_UNKNOWN(Severity.SKIPPED, "支付渠道未告知时间，无法比较时钟。", "", "The provider did not tell the time; the clocks cannot be compared.", ""),

    ACCOUNT_ACCEPTED(Severity.OK, "支付渠道接受了签名查询，其应答验签通过。", "",
            "The provider accepted a signed query, and its answer is signed by it.", ""),
    WECHAT_SIGNATURE_REFUSED(Severity.FAILED, "微信支付不接受我方签名（%s）：WechatApiV2Key 不是该商户号的 APIv2密钥。",
            "请在商户平台 API 安全中重新设置 APIv2密钥，并填写同一个值。它与 APIv3密钥是两个不同的设置，都是 32 个字符，勿混用。",
            "WeChat Pay does not believe our signature (%s): WechatApiV2Key is not this merchant's API v2 key.",
            "Set the API v2 key (APIv2密钥) in the merchant platform again and write the same one here. The API v3 key is another setting of"
                    + " 32 characters, too: do not mix them up."),
    ALIPAY_SIGNATURE_REFUSED(Severity.FAILED, "支付宝不接受我方签名（%s）：AlipayPrivateKey 与该应用在支付宝登记的应用公钥不是一对。",
            "请在支付宝开放平台上传与此私钥配对的应用公钥，或改填与已登记公钥配对的私钥，并核对 AlipayAppId。",
            "Alipay does not believe our signature (%s): AlipayPrivateKey and the public key that Alipay has for this application are no pair.",
            "Upload the public half of this private key at Alipay, or set the private half of the one that is there; see that AlipayAppId is"
                    + " the right one."),
    WECHAT_ACCOUNT_REFUSED(Severity.FAILED, "微信支付不认此账户或未授权（%s）。",
            "请核对 WechatAppId 与 WechatMchId，在商户平台绑定该 AppID，并确认已开通 Native 支付。",
            "WeChat Pay does not know this account, or does not let it (%s).",
            "See that WechatAppId and WechatMchId are right, that the app id is bound to the merchant number, and that Native pay is granted."),
    ALIPAY_ACCOUNT_REFUSED(Severity.FAILED, "支付宝不认此应用或未授权（%s）。",
            "请核对 AlipayAppId 与 AlipayGatewayUrl（沙箱与正式环境的应用不通用），确认应用已上线并已签约当面付。",
            "Alipay does not know this application, or does not let it (%s).",
            "See that AlipayAppId is right and belongs to AlipayGatewayUrl (sandbox and production differ), that the application is online, and"
                    + " that face-to-face payment (当面付) is signed for."),
    WECHAT_ANSWER_NOT_VERIFIED(Severity.FAILED, "微信支付有应答，但用 WechatApiV2Key 验签不通过。", "请核对 WechatSignType 与 WechatGatewayUrl；应答可能来自他处。",
            "WeChat Pay answered, and WechatApiV2Key does not verify the answer.",
            "See that WechatSignType and WechatGatewayUrl are right; somebody else may be answering."),
    ALIPAY_ANSWER_NOT_VERIFIED(Severity.FAILED, "支付宝有应答，但用 AlipayPublicKey 验签不通过：它不是该应用的支付宝公钥。",
            "请在支付宝开放平台该应用的密钥设置中查看并复制支付宝公钥（不是应用公钥，也不是另一应用或沙箱的）。",
            "Alipay answered, and AlipayPublicKey does not verify the answer: it is not Alipay's key for this application.",
            "Copy Alipay's public key (支付宝公钥) from this application's page; not the application's own, nor another's, nor the sandbox's."),
    PROVIDER_UNKNOWN_HOST(Severity.FAILED, "无法解析支付渠道网关的域名。", "请检查网关地址的拼写与本机 DNS。",
            "The name of the provider's gateway has no address.", "Check the spelling of the gateway's URL, and this machine's DNS."),
    PROVIDER_TLS(Severity.FAILED, "与支付渠道网关的 TLS 连接失败。", "请检查本机根证书、时钟，以及是否有代理替换了证书。",
            "TLS with the provider's gateway fails.", "Check the root certificates, the clock, and whether a proxy replaces certificates."),
    PROVIDER_TIME_OUT(Severity.FAILED, "支付渠道网关未在时限内应答。", "请检查防火墙是否允许本机访问外网 443 端口。",
            "The provider's gateway did not answer in time.", "Check that the firewall lets this machine out to port 443."),
    PROVIDER_CONNECTION_REFUSED(Severity.FAILED, "支付渠道网关拒绝连接。", "请检查网关地址与端口，以及防火墙。",
            "The provider's gateway refuses the connection.", "Check the gateway's URL and port, and the firewall."),
    PROVIDER_CONNECTION_BROKEN(Severity.FAILED, "与支付渠道网关的连接中断。", "请稍后重试；如一再出现，请检查中间的代理。",
            "The connection to the provider's gateway broke.", "Try again; if it stays so, look at the proxies in between."),
    PROVIDER_UNCLEAR(Severity.WARNING, "支付渠道的应答未说明账户是否有效（%s）。", "请稍后重试；如一再出现，请核对网关地址。",
            "The provider's answer says nothing about the account (%s).", "Try again; if it stays so, check the gateway's URL."),

    ADDRESS_PUBLIC(Severity.OK, "是公网 https 地址。", "", "It is a public https address.", ""),
    ADDRESS_MISSING(Severity.FAILED, "未设置 ServerAddress：支付渠道不知道往哪里发送通知，不提供任何支付渠道。", "请填写本系统的公网地址，例如 https://pay.example.com。",
            "ServerAddress is not set: providers would not know where to tell us, so no method is offered.",
            "Set the public address of this installation, for example https://pay.example.com."),
    ADDRESS_UNKNOWN_HOST(Severity.FAILED, "无法解析 ServerAddress 的域名 %s。", "请检查拼写，并为其添加 DNS 记录。",
            "The name %s of ServerAddress has no address.", "Check the spelling, and add a DNS record for it."),
    ADDRESS_PRIVATE(Severity.WARNING, "ServerAddress 是内网或本机地址（%s）：支付渠道无法到达，仅适合试用。", "正式使用前请改为公网 https 地址。",
            "ServerAddress is private (%s): no provider can reach it; fine to try things out.",
            "Set a public https address before real use."),
    ADDRESS_NOT_HTTPS(Severity.WARNING, "ServerAddress 不是 https：通知会以明文传输，支付渠道可能拒绝。", "请在反向代理配置证书，并改为 https 地址。",
            "ServerAddress is not https: notices would travel in clear, and providers may refuse it.",
            "Give the reverse proxy a certificate, and write the https address."),

    NOTICES_ARRIVE(Severity.OK, "经公网地址发出的探测原样到达本系统并得到应答。", "",
            "A probe sent to the public address came to us unaltered and was answered.", ""),
    NOTICES_UNPROVEN(Severity.SKIPPED, "通知地址有应答，但未设置主密钥，无法证明应答者是本系统、内容未被改动。", "请为 order-api 与 notify-gateway 设置同一个 SLUICE_MASTER_KEY。",
            "The notify URL answers, and without a master key nobody can prove that it is us and that nothing is altered on the way.",
            "Set one SLUICE_MASTER_KEY for order-api and notify-gateway."),
    NOTICES_WITHOUT_ADDRESS(Severity.SKIPPED, "未设置 ServerAddress，无法检查。", "请先填写 ServerAddress。",
            "It cannot be looked at without ServerAddress.", "Set ServerAddress first."),
    NOTICES_UNKNOWN_HOST(Severity.FAILED, "无法解析通知地址的域名。", "请检查 ServerAddress 的拼写，并添加 DNS 记录。",
            "The name in the notify URL has no address.", "Check the spelling of ServerAddress, and add a DNS record for it."),
    NOTICES_TLS(Severity.FAILED, "通知地址的 TLS 连接失败：证书过期、与域名不符、缺少中间证书，或该端口不是 https。", "请在反向代理安装由公认机构签发的完整证书链。",
            "TLS with the notify URL fails: the certificate has run out, is for another name, lacks its chain, or the port speaks no https.",
            "Install the whole chain of a certificate of a recognised authority in the reverse proxy."),
    NOTICES_TIME_OUT(Severity.FAILED, "通知地址未在 5 秒内应答，支付渠道也只等 5 秒。", "请检查防火墙与端口转发；若外网可达而本机不可达，请在路由器启用 NAT 回环。",
            "The notify URL did not answer within 5 seconds, and providers wait no longer.",
            "Check firewall and port forwarding; if only this machine cannot reach it, let the router do hairpin NAT."),
    NOTICES_REFUSED(Severity.FAILED, "通知地址拒绝连接：没有程序在该端口监听。", "请启动反向代理，并检查 ServerAddress 的端口与端口转发。",
            "The notify URL refuses the connection: nobody listens there.",
            "Start the reverse proxy, and check the port in ServerAddress and the port forwarding."),
    NOTICES_BROKEN(Severity.FAILED, "与通知地址的连接中断，或应答不是 HTTP。", "请检查反向代理及其前面的防火墙。",
            "The connection to the notify URL broke, or what came was no HTTP.", "Look at the reverse proxy and the firewall before it."),
    NOTICES_REDIRECTED(Severity.FAILED, "通知地址重定向到 %s；支付渠道不会跟随重定向。", "请将 ServerAddress 改为最终地址（https、域名、无多余斜杠），或去掉该重定向。",
            "The notify URL redirects to %s, and providers do not follow.",
            "Write the final address into ServerAddress (https, name, slashes), or take the redirect away."),
    NOTICES_BLOCKED(Severity.FAILED, "通知地址要求登录或被防火墙拦截（HTTP %d）。", "请为 /api/wechat/ 与 /api/alipay/ 免除登录、验证码与 WAF 拦截。",
            "The notify URL asks for a login, or a firewall blocks it (HTTP %d).",
            "Let /api/wechat/ and /api/alipay/ through without login, captcha or firewall."),
    NOTICES_GATEWAY_AWAY(Severity.FAILED, "反向代理在运行，但其后的 notify-gateway 不可达（HTTP %d）。", "请启动 notify-gateway，并检查反向代理的转发目标。",
            "The reverse proxy is there, and notify-gateway behind it is not (HTTP %d).",
            "Start notify-gateway, and check where the proxy passes requests on to."),
    NOTICES_NOT_ROUTED(Severity.FAILED, "通知地址应答 HTTP %d：反向代理未将其转发到 notify-gateway。",
            "请将 /api/wechat/ 与 /api/alipay/ 转发到 notify-gateway，允许 POST，并检查 ServerAddress 的路径。",
            "The notify URL answers HTTP %d: the reverse proxy does not pass it on to notify-gateway.",
            "Route /api/wechat/ and /api/alipay/ to notify-gateway, allow POST, and check the path in ServerAddress."),
    NOTICES_ALTERED(Severity.FAILED, "探测到达了通知网关但不被承认：内容在途中被改动，或 notify-gateway 的主密钥不同。",
            "请让反向代理与防火墙原样转发请求内容（不转码、不改换行、不过滤），并为两个应用设置同一个 SLUICE_MASTER_KEY。",
            "The probe came to a gateway that does not believe it: it was altered on the way, or notify-gateway has another master key.",
            "Have proxies and firewalls pass bodies on untouched (no recoding, no other line ends, no filter), and give both apps one"
                    + " SLUICE_MASTER_KEY."),
    NOTICES_SOMEBODY_ELSE(Severity.FAILED, "通知地址有应答（HTTP 200），但应答者不是本系统。", "请检查 ServerAddress 与反向代理的转发；可能是网站首页或另一系统在应答。",
            "The notify URL answers (HTTP 200), and it is not us.",
            "Check ServerAddress and the routes of the proxy: a home page or another system is answering."),

    TOOK_TOO_LONG(Severity.FAILED, "检查未在时限内完成。", "请稍后重试，并检查网络与 DNS。",
            "The check did not end in time.", "Try again, and look at network and DNS."),
    CHECK_BROKE(Severity.FAILED, "检查本身出错（%s）。", "请查看日志。", "The check itself went wrong (%s).", "Look at the log.");

    private final Severity verdict;
    private final String causeInChinese;
    private final String remedyInChinese;
    private final String causeInEnglish;
    private final String remedyInEnglish;

    Diagnosis(Severity verdict, String causeInChinese, String remedyInChinese, String causeInEnglish, String remedyInEnglish) {
        this.verdict = verdict;
        this.causeInChinese = causeInChinese;
        this.remedyInChinese = remedyInChinese;
        this.causeInEnglish = causeInEnglish;
        this.remedyInEnglish = remedyInEnglish;
    }

    /// A diagnosis and what its words speak of.
    record Found(Diagnosis diagnosis, List<Object> arguments) {}

    Found with(Object... arguments) {
        return new Found(this, List.of(arguments));
    }

    public Severity verdict() {
        return verdict;
    }

    /// Chinese unless the reader would rather have English.
    String cause(Locale locale, List<Object> arguments) {
        return String.format(Locale.ROOT, Language.of(locale).either(causeInChinese, causeInEnglish), arguments.toArray());
    }

    String remedy(Locale locale) {
        return Language.of(locale).either(remedyInChinese, remedyInEnglish);
    }
}
