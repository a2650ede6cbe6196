package dev.sluice.order.doctor;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.Provider;
import dev.sluice.order.doctor.CheckResult.Check;
import dev.sluice.order.doctor.Diagnosis.Found;
import dev.sluice.provider.alipay.AlipayMerchant;
import dev.sluice.provider.wechat.v2.WechatMerchant;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;

/// Looks at an installation before a payer does: are the settings whole, do the providers know our keys and we theirs, is the clock right,
/// and do notices come to us as they were sent. Changes nothing anywhere.
///
/// All checks run at once and each is bounded, so that an answer takes [#EXAMINED_WITHIN] at most.
public final class Doctor implements AutoCloseable {
    /// How long all checks together may take.
    public static final Duration EXAMINED_WITHIN = Duration.ofSeconds(12);

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final Clock clock;
    private final HttpClient http;
    private final PublicAddress publicAddress;

    Doctor(Clock clock, HttpClient http, PublicAddress.Names names) {
        this.clock = clock;
        this.http = http;
        this.publicAddress = new PublicAddress(http, names);
    }

    /// One that calls the public address as providers do: by HTTP/1.1, and without following anybody anywhere.
    public static Doctor of(Clock clock) {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Limits.PROBED_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        return new Doctor(clock, http, InetAddress::getAllByName);
    }

    /// Everything, in the order of [Check].
    ///
    /// @param probeKey that the gateway has, too; without it nobody can prove that notices arrive
    public List<CheckResult> examine(Settings settings, Locale locale, Optional<byte[]> probeKey) {
        return examineAll(EnumSet.allOf(Check.class), settings, locale, probeKey);
    }

    /// What only the world outside can say about settings that are to be changed; no rows when they are about nothing outside.
    ///
    /// @param settings as they would be
    public List<CheckResult> examineChange(Set<Setting> changed, Settings settings, Locale locale, Optional<byte[]> probeKey) {
        Set<Check> touched = EnumSet.noneOf(Check.class);
        changed.forEach(setting -> touched.addAll(touchedBy(setting)));
        return examineAll(touched, settings, locale, probeKey);
    }

    private static Set<Check> touchedBy(Setting setting) {
        return switch (setting) {
            case SERVER_ADDRESS -> EnumSet.of(Check.SERVER_ADDRESS, Check.WECHAT_NOTICES, Check.ALIPAY_NOTICES);
            case WECHAT_APP_ID, WECHAT_MCH_ID, WECHAT_API_V2_KEY, WECHAT_SIGN_TYPE, WECHAT_GATEWAY_URL, WECHAT_BACKUP_GATEWAY_URL ->
                EnumSet.of(Check.WECHAT_ACCOUNT);
            case ALIPAY_APP_ID, ALIPAY_SELLER_ID, ALIPAY_PRIVATE_KEY, ALIPAY_PUBLIC_KEY, ALIPAY_GATEWAY_URL ->
                EnumSet.of(Check.ALIPAY_ACCOUNT);
            // Nobody outside knows of these.
            case WECHAT_ENABLED, WECHAT_API_V2_KEY_PREVIOUS, WECHAT_MIN_TOP_UP, ALIPAY_ENABLED, ALIPAY_PUBLIC_KEY_PREVIOUS,
                    ALIPAY_MIN_TOP_UP, PRICE, QUOTA_PER_UNIT, QUOTA_DISPLAY_TYPE, TOPUP_GROUP_RATIO, AMOUNT_DISCOUNT, AMOUNT_OPTIONS,
                    ORDER_EXPIRE_MINUTES, TOP_UP_SUBJECT, USER_DAILY_LIMIT, LATE_PAYMENT ->
                EnumSet.noneOf(Check.class);
        };
    }

    private List<CheckResult> examineAll(Set<Check> checks, Settings settings, Locale locale, Optional<byte[]> probeKey) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<Check, Future<CheckResult>> running = new EnumMap<>(Check.class);
            checks.forEach(check -> running.put(check, threads.submit(examination(check, settings, locale, probeKey))));
            long deadline = System.nanoTime() + EXAMINED_WITHIN.toNanos();
            return running.entrySet().stream()
                    .map(entry -> await(entry.getKey(), entry.getValue(), Duration.ofNanos(deadline - System.nanoTime()), locale))
                    .toList();
        } finally {
            // Not closed, which would wait: looking up a name cannot be interrupted.
            threads.shutdownNow();
        }
    }

    private Callable<CheckResult> examination(Check check, Settings settings, Locale locale, Optional<byte[]> probeKey) {
        var wechat = new AccountDiagnosis(WechatMerchant.PROVIDER, settings);
        var alipay = new AccountDiagnosis(AlipayMerchant.PROVIDER, settings);
        Callable<Found> found = switch (check) {
            case WECHAT_SETTINGS -> wechat::lookAtSettings;
            case WECHAT_CLOCK -> () -> wechat.compareClocks(clock);
            case WECHAT_ACCOUNT -> wechat::ask;
            case ALIPAY_SETTINGS -> alipay::lookAtSettings;
            case ALIPAY_CLOCK -> () -> alipay.compareClocks(clock);
            case ALIPAY_ACCOUNT -> alipay::ask;
            case SERVER_ADDRESS -> () -> address(settings).map(publicAddress::look).orElseGet(() -> Diagnosis.ADDRESS_MISSING.with());
            case WECHAT_NOTICES -> () -> notices(WechatMerchant.PROVIDER, settings, probeKey);
            case ALIPAY_NOTICES -> () -> notices(AlipayMerchant.PROVIDER, settings, probeKey);
        };
        return () -> {
            try {
                return CheckResult.of(check, found.call(), locale);
            } catch (BadSettingException e) {
                return CheckResult.of(check, e, locale);
            }
        };
    }

    private Found notices(Provider provider, Settings settings, Optional<byte[]> probeKey) throws Exception {
        Optional<URI> address = address(settings);
        return address.isEmpty() ? Diagnosis.NOTICES_WITHOUT_ADDRESS.with() : publicAddress.visit(address.get(), provider, probeKey);
    }

    private static Optional<URI> address(Settings settings) {
        return settings.text(Setting.SERVER_ADDRESS).map(URI::create);
    }

    private static CheckResult await(Check check, Future<CheckResult> examined, Duration time, Locale locale) {
        CheckResult row = awaited(check, examined, time, locale);
        LOG.atInfo().addKeyValue("check", check).addKeyValue("verdict", row.verdict()).addKeyValue("code", row.code()).log("examined");
        return row;
    }

    private static CheckResult awaited(Check check, Future<CheckResult> examined, Duration time, Locale locale) {
        try {
            return examined.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.atError().addKeyValue("check", check).setCause(e.getCause()).log("a check went wrong");
            return CheckResult.of(check, Diagnosis.CHECK_BROKE.with(String.valueOf(e.getCause()).split(":", 2)[0]), locale);
        } catch (TimeoutException e) {
            return CheckResult.of(check, Diagnosis.TOOK_TOO_LONG.with(), locale);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckResult.of(check, Diagnosis.TOOK_TOO_LONG.with(), locale);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
