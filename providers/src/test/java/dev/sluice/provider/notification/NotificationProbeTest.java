package dev.sluice.provider.notification;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.sluice.event.value.Provider;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.testing.Providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NotificationProbeTest {
    private static final byte[] KEY = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final long SEED = 20261122;

    private static final PaymentChannels CHANNELS = PaymentChannels.installed();

    private static List<Provider> providers() {
        return List.of(Providers.WECHAT, Providers.ALIPAY);
    }

    private static NotificationFormat format(Provider provider) {
        return CHANNELS.find(provider).orElseThrow().notifications();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void isAnsweredWhenItComesAsItWasSent(Provider provider) {
        var probe = NotificationProbe.of(provider, format(provider), KEY);

        byte[] answer = NotificationProbe.answer(KEY, provider, format(provider), probe.body()).orElseThrow();

        assertThat(probe.isAnswered(200, answer)).isTrue();
        assertThat(probe.isAnswered(201, answer)).isFalse();
        assertThat(NotificationProbe.of(provider, format(provider), KEY).isAnswered(200, answer)).as("an answer to another probe")
                .isFalse();
        assertThat(probe.isAnswered(200, format(provider).failure().body().getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(probe.path()).isEqualTo("/api/" + provider.code() + "/notify");
        assertThat(probe.body()).as("no two are alike").isNotEqualTo(NotificationProbe.of(provider, format(provider), KEY).body());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherKeyOrProviderAnswersNothing(Provider provider) {
        var probe = NotificationProbe.of(provider, format(provider), KEY);
        byte[] other = KEY.clone();
        other[31]++;

        assertThat(NotificationProbe.answer(other, provider, format(provider), probe.body())).isEmpty();
        for (Provider another : providers()) {
            assertThat(NotificationProbe.answer(KEY, another, format(another), probe.body()).isPresent())
                    .isEqualTo(another.equals(provider));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> NotificationProbe.of(provider, format(provider), new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void oneByteIsEnoughToMakeItNone(Provider provider) {
        var random = new SplittableRandom(SEED);
        for (int run = 0; run < 2_000; run++) {
            byte[] sent = NotificationProbe.of(provider, format(provider), KEY).body();

            assertThat(NotificationProbe.answer(KEY, provider, format(provider), altered(sent, random))).as("seed %d, run %d", SEED, run)
                    .isEmpty();
        }
        for (int length = 0; length < NotificationProbe.of(provider, format(provider), KEY).body().length; length++) {
            assertThat(NotificationProbe.answer(KEY, provider, format(provider),
                    Arrays.copyOf(NotificationProbe.of(provider, format(provider), KEY).body(), length)))
                    .isEmpty();
        }
    }

    private static byte[] altered(byte[] sent, SplittableRandom random) {
        int at = random.nextInt(sent.length);
        return switch (random.nextInt(3)) {
            case 0 -> {
                sent[at] ^= (byte) (1 << random.nextInt(8));
                yield sent;
            }
            case 1 -> join(Arrays.copyOf(sent, at), new byte[]{(byte) random.nextInt(256)}, Arrays.copyOfRange(sent, at, sent.length));
            default -> join(Arrays.copyOf(sent, at), Arrays.copyOfRange(sent, at + 1, sent.length));
        };
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void showsWhatProxiesDoToXml() {
        shows(Providers.WECHAT, List.of(
                String::strip,
                text -> text.replace("\n", "\r\n"),
                text -> text.replace("\n", ""),
                text -> text.replace(" ]]>", "]]>"),
                text -> text.replace("<![CDATA[", "").replace("]]>", ""),
                text -> text.replace("&", "&amp;"),
                text -> text.replaceAll("<测试>", ""),
                text -> text.replace("%2B", "+"),
                text -> "\uFEFF" + text));
    }

    @Test
    void showsWhatProxiesDoToForms() {
        shows(Providers.ALIPAY, List.of(
                text -> text.replace("+", "%20"),
                text -> text.replace("%2B", "+"),
                text -> text.replace("%25", "%"),
                text -> text.replace("&body=", ""),
                text -> text.replaceAll("%([0-9A-F]{2})", "%25$1"),
                text -> text.replaceAll("\\+$", ""),
                text -> text + "\n",
                text -> reencoded(text, UnaryOperator.identity(), Charset.forName("GBK")),
                text -> reencoded(text, String::strip, StandardCharsets.UTF_8),
                text -> Stream.of(text.split("&")).sorted().collect(Collectors.joining("&"))));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void showsAnotherCharacterSet(Provider provider) {
        byte[] sent = NotificationProbe.of(provider, format(provider), KEY).body();
        byte[] converted = new String(sent, StandardCharsets.UTF_8).getBytes(Charset.forName("GBK"));

        // A form is ASCII: only what is under its escapes could be converted.
        assertThat(NotificationProbe.answer(KEY, provider, format(provider), converted).isPresent())
                .isEqualTo(provider.equals(Providers.ALIPAY));
        assertThat(NotificationProbe.answer(KEY, provider, format(provider),
                new String(sent, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16)))
                .isEmpty();
    }

    private static void shows(Provider provider, List<UnaryOperator<String>> alterations) {
        for (int i = 0; i < alterations.size(); i++) {
            String sent = new String(NotificationProbe.of(provider, format(provider), KEY).body(), StandardCharsets.UTF_8);
            String received = alterations.get(i).apply(sent);

            assertThat(received).as("alteration %d alters something", i).isNotEqualTo(sent);
            assertThat(NotificationProbe.answer(KEY, provider, format(provider), received.getBytes(StandardCharsets.UTF_8)))
                    .as("alteration %d", i).isEmpty();
        }
    }

    private static String reencoded(String form, UnaryOperator<String> change, Charset charset) {
        return Stream.of(form.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair -> pair[0] + "=" + URLEncoder.encode(change.apply(URLDecoder.decode(pair[1], StandardCharsets.UTF_8)), charset))
                .collect(Collectors.joining("&"));
    }
}
