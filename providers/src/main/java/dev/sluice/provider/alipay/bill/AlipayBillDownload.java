package dev.sluice.provider.alipay.bill;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.bill.Limits;
import dev.sluice.provider.call.ProviderHttp;
import dev.sluice.provider.wire.ProviderText;

import static java.nio.charset.StandardCharsets.UTF_8;

/// `alipay.data.dataservice.bill.downloadurl.query`, and the file behind the link that it gives. The link is valid for half a minute: it is
/// used at once and stored nowhere. It must lead to a host of Alipay, or to the host of the gateway that the settings name; a redirect is
/// not followed.
///
/// Source: opendocs.alipay.com, "查询对账单下载地址"
public final class AlipayBillDownload implements BillDownload {
    private static final String OWN_DOMAIN = ".alipay.com";
    private static final Set<String> EMPTY = Set.of("NO_BILL_DATA", "BILL_DATE_BEFORE_REGISTRATION");
    private static final Set<String> EMPTY_OR_NOT_READY = Set.of("BILL_NOT_EXIST");
    private static final Set<String> LATER = Set.of("SYSTEM_RATE_LIMIT", "USER_RATE_LIMIT", "UNKNOWN_ERROR", "SYSTEM_ERROR");
    private static final String EMPTY_FILE = "EMPTY_DATA_WITH_BILL_FILE";
    private static final String NO_ORDERS = "没有查到相应的订单";
    private static final int TEXT_BYTES = 2_048;

    private final Function<LocalDate, BillLink> links;
    private final ProviderHttp http;
    private final URI gateway;

    /// @param links asks Alipay where the bill of a day is
    public AlipayBillDownload(Function<LocalDate, BillLink> links, ProviderHttp http, URI gateway) {
        this.links = links;
        this.http = http;
        this.gateway = gateway;
    }

    @Override
    public BillAnswer download(LocalDate day, Path into) {
        return switch (links.apply(day)) {
            case BillLink.Unknown(var why) -> new BillAnswer.Unknown(why);
            case BillLink.Signed link when !link.code().equals("10000") -> refusal(link);
            case BillLink.Signed link when link.fileCode().equals(EMPTY_FILE) -> new BillAnswer.EmptyDay(EMPTY_FILE);
            case BillLink.Signed link -> follow(link.url(), into);
        };
    }

    private static BillAnswer refusal(BillLink.Signed link) {
        String code = link.subCode().toUpperCase(Locale.ROOT).replaceFirst("^(ISP|ISV)\\.", "");
        String said = (link.code() + " " + link.subCode() + " " + link.words()).strip();
        if (EMPTY.contains(code)) {
            return new BillAnswer.EmptyDay(said);
        }
        if (EMPTY_OR_NOT_READY.contains(code)) {
            return new BillAnswer.EmptyOrNotReady(said);
        }
        boolean isTheirFault = link.code().startsWith("2000") && !link.code().equals("20001");
        return LATER.contains(code) || isTheirFault
                ? new BillAnswer.Unknown(said)
                : new BillAnswer.Refused(ProviderText.shown(link.subCode()), link.words());
    }

    private BillAnswer follow(String url, Path into) {
        try {
            URI uri = URI.create(url);
            if (!mayLeadTo(uri)) {
                return new BillAnswer.Refused("BILL_HOST_FOREIGN", ProviderText.shown(Objects.requireNonNullElse(uri.getHost(), "")));
            }
            int status = http.save(HttpRequest.newBuilder(uri).GET().build(), into, Limits.DOWNLOADED_BYTES, Limits.DOWNLOADED_WITHIN);
            return status == 200 ? understand(into) : new BillAnswer.Unknown("HTTP status " + status);
        } catch (ProviderHttp.SilenceException e) {
            return new BillAnswer.Unknown("no bill: " + e.obstacle());
        } catch (IllegalArgumentException e) {
            return new BillAnswer.Unknown("the link is none");
        } catch (IOException e) {
            return new BillAnswer.Unknown("the bill cannot be stored: " + e.getClass().getSimpleName());
        }
    }

    private boolean mayLeadTo(URI uri) {
        if (uri.getHost() == null || uri.getUserInfo() != null) {
            return false;
        }
        boolean isAlipays = "https".equals(uri.getScheme()) && uri.getHost().toLowerCase(Locale.ROOT).endsWith(OWN_DOMAIN)
                && uri.getPort() < 0;
        boolean isGateways = gateway.getScheme().equals(uri.getScheme()) && gateway.getHost().equalsIgnoreCase(uri.getHost());
        return isAlipays || isGateways;
    }

    /// A link that is too old, and a day without orders, lead to a text instead of an archive.
    private static BillAnswer understand(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(TEXT_BYTES);
        }
        if (head.length >= 2 && head[0] == 'P' && head[1] == 'K') {
            return new BillAnswer.Bill();
        }
        boolean isEmptyDay = new String(head, UTF_8).contains(NO_ORDERS)
                || new String(head, Charset.forName("GB18030")).contains(NO_ORDERS);
        return isEmptyDay ? new BillAnswer.EmptyDay(NO_ORDERS) : new BillAnswer.Unknown("the link leads to no archive");
    }
}
