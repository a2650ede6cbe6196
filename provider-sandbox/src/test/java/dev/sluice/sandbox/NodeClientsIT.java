package dev.sluice.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/// Merchants' libraries for Node.js as clients and as judges of notifications: an opinion that is not ours.
@EnabledIfSystemProperty(named = "sluice.test.deep", matches = "true", disabledReason = "runs with the profile deep")
class NodeClientsIT {
    private static final Path SCRIPT = Path.of("src/test/node");
    private static final int WITHIN_MINUTES = 3;

    @TempDir
    private Path folder;

    private record Ended(int status, String output) {}

    @Test
    void theyOrderAndQueryAndBelieveOurNotifications() throws Exception {
        for (String file : new String[]{"package.json", "package-lock.json", "clients.mjs"}) {
            Files.copy(SCRIPT.resolve(file), folder.resolve(file));
        }
        boolean installed = run("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline")
                .status() == 0;
        if (!installed) {
            System.err.println("SKIPPED: npm cannot install the client libraries here");
        }
        Assumptions.assumeTrue(installed, "npm cannot install the client libraries here");

        try (RunningSandbox sandbox = new RunningSandbox()) {
            Ended ended = run(JsonMapper.shared().writeValueAsString(Map.of("url", sandbox.url(), "wechat",
                    Map.of("appId", AnyMerchant.WECHAT_APP_ID, "mchId", AnyMerchant.MCH_ID, "key", AnyMerchant.API_KEY), "alipay",
                    Map.of("appId", AnyMerchant.ALIPAY_APP_ID, "privateKey",
                            AnyMerchant.base64(AnyMerchant.APPLICATION_KEYS.getPrivate().getEncoded()), "publicKey",
                            AnyMerchant.base64(AnyMerchant.ALIPAY_KEYS.getPublic().getEncoded())))),
                    "node", "clients.mjs");

            assertThat(ended.output()).contains("tenpay works", "wechatpay works", "alipaySdk works");
            assertThat(ended.status()).as(ended.output()).isZero();
        }
    }

    /// In Beijing's time, which Alipay's library takes from the machine.
    private Ended run(String input, String... command) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("TZ", "Asia/Shanghai");
        try {
            Process process = builder.start();
            try (var to = process.outputWriter(UTF_8)) {
                to.write(input);
            }
            if (!process.waitFor(WITHIN_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return new Ended(process.waitFor(), Files.readString(folder.resolve("output")));
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        }
    }
}
