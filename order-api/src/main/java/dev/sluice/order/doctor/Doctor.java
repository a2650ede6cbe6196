package dev.sluice.order.doctor;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.event.value.UserId;
import dev.sluice.order.doctor.Diagnosis.Found;
import dev.sluice.provider.PaymentChannel;
import dev.sluice.provider.PaymentChannels;
import dev.sluice.setting.BadSettingException;
import dev.sluice.setting.SalesSettings;
import dev.sluice.setting.Setting;
import dev.sluice.setting.Settings;
import dev.sluice.setting.form.GatewayHosts;

/// Checks an installation before a payer does: are the settings complete, do the providers know our keys and we theirs, is the clock
/// right, and do notifications arrive as they were sent. Changes nothing anywhere.
///
/// All checks run at once and each is bounded, so that an answer takes [#EXAMINED_WITHIN] at most.
public final class Doctor implements AutoCloseable {
    /// How long all checks together may take.
    public static final Duration EXAMINED_WITHIN = Limits.EXAMINED_WITHIN;

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private static final String ACCOUNT = "ACCOUNT";
    private static final String NOTICES = "NOTICES";
    private static final String SERVER_ADDRESS = "SERVER_ADDRESS";

    private final PaymentChannels channels;
    private final Clock clock;
    private final HttpClient http;
    private final PublicAddress publicAddress;

    Doctor(PaymentChannels channels, Clock clock, HttpClient http, PublicAddress publicAddress) {
        this.channels = channels;
        this.clock = clock;
        this.http = http;
        this.publicAddress = publicAddress;
    }

    /// A doctor that calls the public address as providers do: by HTTP/1.1, and without following redirections.
    ///
    /// @param allowed hosts that may be in a private network
    public static Doctor of(PaymentChannels channels, Clock clock, GatewayHosts allowed) {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Limits.PROBED_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER).build();
        return new Doctor(channels, clock, http, new PublicAddress(http, InetAddress::getAllByName, allowed));
    }

    /// Who has the installation examined, and how.
    ///
    /// @param actor    the operator's user id, for the log
    /// @param probeKey that the gateway has, too; without it there is no proof that notifications arrive
    public record Request(UserId actor, Locale locale, Optional<byte[]> probeKey) {}

    /// Everything.
    public List<CheckResult> examine(Settings settings, Request request) {
        return examineAll(_ -> true, settings, request);
    }

    /// Whether the provider has confirmed the account and its keys.
    public static boolean isConfirmed(PaymentChannel channel, List<CheckResult> rows) {
        return rows.stream().anyMatch(row -> row.check().equals(AccountDiagnosis.code(channel, ACCOUNT))
                && row.code().equals(Diagnosis.ACCOUNT_ACCEPTED.name()));
    }

    /// The checks of changed settings that need the outside; no rows when they concern nothing outside.
    ///
    /// @param settings as they would be
    public List<CheckResult> examineChange(Set<Setting> changed, Settings settings, Request request) {
        Set<String> touched = new HashSet<>();
        for (PaymentChannel channel : channels.all()) {
            if (channel.settings().account().anyMatch(changed::contains)) {
                touched.add(AccountDiagnosis.code(channel, ACCOUNT));
            }
            if (changed.contains(SalesSettings.SERVER_ADDRESS)) {
                touched.add(AccountDiagnosis.code(channel, NOTICES));
                touched.add(SERVER_ADDRESS);
            }
        }
        return touched.isEmpty() ? List.of() : examineAll(touched::contains, settings, request);
    }

    /// All checks by name, in the order in which they are shown.
    private Map<String, Callable<Found>> checks(Settings settings, Optional<byte[]> probeKey) {
        Map<String, Callable<Found>> all = new LinkedHashMap<>();
        for (PaymentChannel channel : channels.all()) {
            var account = new AccountDiagnosis(channel, settings);
            all.put(AccountDiagnosis.code(channel, "SETTINGS"), account::lookAtSettings);
            all.put(AccountDiagnosis.code(channel, "CLOCK"), () -> account.compareClocks(clock));
            all.put(AccountDiagnosis.code(channel, ACCOUNT), account::ask);
        }
        Optional<URI> address = settings.text(SalesSettings.SERVER_ADDRESS).map(URI::create);
        all.put(SERVER_ADDRESS, () -> address.map(publicAddress::look).orElseGet(() -> Diagnosis.ADDRESS_MISSING.with()));
        for (PaymentChannel channel : channels.all()) {
            all.put(AccountDiagnosis.code(channel, NOTICES), () -> address.isEmpty()
                    ? Diagnosis.NOTICES_WITHOUT_ADDRESS.with()
                    : publicAddress.visit(address.get(), channel, probeKey));
        }
        return all;
    }

    private List<CheckResult> examineAll(Predicate<String> wanted, Settings settings, Request request) {
        // The calls that follow go where operators say: each run stands in the log, with who asked for it and where it calls.
        LOG.atInfo().addKeyValue("actor", request.actor()).addKeyValue("addresses", addresses(settings)).log("doctor calls");
        Locale locale = request.locale();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<String, Future<CheckResult>> running = new LinkedHashMap<>();
            checks(settings, request.probeKey()).forEach((check, found) -> {
                if (wanted.test(check)) {
                    running.put(check, threads.submit(() -> examined(check, found, locale)));
                }
            });
            long deadline = System.nanoTime() + EXAMINED_WITHIN.toNanos();
            return running.entrySet().stream()
                    .map(entry -> await(entry.getKey(), entry.getValue(), Duration.ofNanos(deadline - System.nanoTime()), locale))
                    .toList();
        } finally {
            // Not closed, which would wait: looking up a name cannot be interrupted.
            threads.shutdownNow();
        }
    }

    private List<String> addresses(Settings settings) {
        Stream<Setting> called = Stream.concat(channels.all().stream().map(channel -> channel.settings().gatewayUrl()),
                Stream.of(SalesSettings.SERVER_ADDRESS));
        return called.flatMap(setting -> settings.text(setting).stream()).toList();
    }

    private static CheckResult examined(String check, Callable<Found> found, Locale locale) throws Exception {
        try {
            return CheckResult.of(check, found.call(), locale);
        } catch (BadSettingException e) {
            return CheckResult.of(check, e, locale);
        }
    }

    private static CheckResult await(String check, Future<CheckResult> examined, Duration time, Locale locale) {
        CheckResult row = awaited(check, examined, time, locale);
        LOG.atInfo().addKeyValue("check", check).addKeyValue("verdict", row.verdict()).addKeyValue("code", row.code()).log("checked");
        return row;
    }

    private static CheckResult awaited(String check, Future<CheckResult> examined, Duration time, Locale locale) {
        try {
            return examined.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            LOG.atError().addKeyValue("check", check).setCause(e.getCause()).log("check failed");
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
