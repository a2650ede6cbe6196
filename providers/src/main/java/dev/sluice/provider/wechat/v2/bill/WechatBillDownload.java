package dev.sluice.provider.wechat.v2.bill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.sluice.provider.bill.BillAnswer;
import dev.sluice.provider.bill.BillDownload;
import dev.sluice.provider.call.ProviderHttp;
import dev.sluice.provider.wechat.v2.message.WechatXml;
import dev.sluice.provider.wire.MalformedMessageException;
import dev.sluice.provider.wire.MessageBytes;
import dev.sluice.provider.wire.ProviderText;

/// `POST /pay/downloadbill`. A bill is not signed and is no XML; a refusal is XML and not signed either, so it is believed only as far as
/// asking again would change nothing.
///
/// Source: pay.weixin.qq.com/doc/v2/merchant/4011985040
public final class WechatBillDownload implements BillDownload {
    private static final Map<String, String> ALL_OF_A_DAY = Map.of("bill_type", "ALL");
    private static final Map<String, String> PACKED = Map.of("bill_type", "ALL", "tar_type", "GZIP");
    private static final String NO_PACKING = "GZip";
    private static final Set<String> OUR_FAULT = Set.of("20001");
    private static final Set<String> CLOSED_TO_US = Set.of("20007");

    private final Call call;

    public WechatBillDownload(Call call) {
        this.call = call;
    }

    /// Sends a signed request, and stores the answer.
    @FunctionalInterface
    public interface Call {
        /// Blocks until the answer is stored.
        ///
        /// @return the HTTP status
        /// @throws ProviderHttp.SilenceException when no whole answer arrived
        int send(Map<String, String> parameters, Path into) throws ProviderHttp.SilenceException;
    }

    @Override
    public BillAnswer download(LocalDate day, Path into) {
        BillAnswer answer = ask(PACKED, day, into);
        boolean cannotPack = answer instanceof BillAnswer.Unknown(var why) && why.contains(NO_PACKING);
        return cannotPack ? ask(ALL_OF_A_DAY, day, into) : answer;
    }

    private BillAnswer ask(Map<String, String> kind, LocalDate day, Path into) {
        Map<String, String> parameters = new HashMap<>(kind);
        parameters.put("bill_date", day.format(DateTimeFormatter.BASIC_ISO_DATE));
        try {
            int status = call.send(parameters, into);
            return status == 200 ? understand(into) : new BillAnswer.Unknown("HTTP status " + status);
        } catch (ProviderHttp.SilenceException e) {
            return new BillAnswer.Unknown("no answer: " + e.obstacle());
        } catch (IOException e) {
            return new BillAnswer.Unknown("the answer cannot be stored: " + e.getClass().getSimpleName());
        }
    }

    /// The first character decides.
    private static BillAnswer understand(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(MessageBytes.MOST + 1);
        }
        int first = 0;
        while (first < head.length && (head[first] <= ' ' && head[first] >= 0)) {
            first++;
        }
        if (first == head.length) {
            return new BillAnswer.Unknown("the answer is empty");
        }
        return head[first] == '<' ? refusal(head) : new BillAnswer.Bill();
    }

    private static BillAnswer refusal(byte[] body) {
        try {
            Map<String, String> fields = WechatXml.parse(body);
            String code = fields.getOrDefault("error_code", fields.getOrDefault("err_code", ""));
            String words = fields.getOrDefault("return_msg", "");
            return refusal(ProviderText.shown(code), ProviderText.shown(words));
        } catch (MalformedMessageException e) {
            return new BillAnswer.Unknown("the answer is neither a bill nor WeChat Pay's XML: " + e.getMessage());
        }
    }

    /// By the text first: two meanings share the number 20002.
    private static BillAnswer refusal(String code, String words) {
        String said = (code + " " + words).strip();
        String plain = said.toLowerCase(Locale.ROOT).replace('_', ' ');
        if (plain.contains("no bill exist")) {
            return new BillAnswer.EmptyDay(said);
        }
        if (plain.contains("bill creating")) {
            return new BillAnswer.NotYet(said);
        }
        if (OUR_FAULT.contains(code) || CLOSED_TO_US.contains(code) || plain.contains("sign error") || plain.contains("invalid")) {
            return new BillAnswer.Refused(code, words);
        }
        return new BillAnswer.Unknown(said);
    }
}
