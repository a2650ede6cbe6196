package dev.sluice.credit.proof;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.sluice.credit.RunningWorker;
import dev.sluice.testing.BesideOthers;
import dev.sluice.testing.Facts;
import dev.sluice.testing.SchemaCopy;
import dev.sluice.testing.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/// What is changed in the ledger is found and named, on a real Kafka and a real PostgreSQL.
@BesideOthers
@ExtendWith(RunningWorker.Shared.class)
class ProofIT {
    private final RunningWorker worker;
    private final Proof proof;
    private final String trade;
    private final long user;
    private SchemaCopy before;

    ProofIT(RunningWorker worker) {
        this.worker = worker;
        proof = worker.bean(Proof.class);
        trade = worker.anotherTrade();
        user = worker.anotherUser();
    }

    @BeforeEach
    void credit() {
        worker.log().append(Facts.order(trade, user, 7300, 5_000));
        worker.log().append(Facts.payment(trade, "X" + trade, 7300));
        worker.awaitBalance(user, 5_000);
        worker.awaitAllRead();
        before = SchemaCopy.of(worker.jdbc(), "ledger");
    }

    @AfterEach
    void mend() {
        before.restore();
        assertThat(proof.prove().agrees()).as("mended").isTrue();
    }

    @Test
    void coversTheLedgerAndTheLogAndShowsItToAuditors() throws Exception {
        ProofResult result = proof.prove();

        assertThat(result.agrees()).isTrue();
        assertThat(result.transfers()).isPositive();
        assertThat(result.facts()).as("each transfer was compared with its fact").isEqualTo(result.transfers());
        assertThat(proof.prove().facts()).as("and none of them again").isEqualTo(result.facts());
        JsonNode shown = JsonMapper.shared().readTree(get("auditor").body()).get("data");
        assertThat(shown.get("agrees").asBoolean()).isTrue();
        assertThat(shown.get("covered").asString()).isEqualTo(result.covered()).contains(":");
        assertThat(get("operator").statusCode()).isEqualTo(403);
        assertThat(get("user").statusCode()).isEqualTo(403);
    }

    @Test
    void findsAChangedBalance() {
        tamper("update ledger.account set balance = balance + 1 where id = 'user:%d'".formatted(user));

        assertThat(proof.prove().difference()).isEqualTo(new Difference(Difference.Kind.BALANCE, "user:" + user, "5000", "5001"));
    }

    @Test
    void findsAChangedAmountThatTheBalanceHidesByItsOrder() {
        changeAmount();

        assertThat(proof.prove().difference()).isEqualTo(new Difference(Difference.Kind.CREDIT_AND_PAYMENT, trade, "5000 to user:" + user,
                "6000 to user:" + user));
    }

    /// Whoever changes all that the ledger has cannot change the log.
    @Test
    void findsAChangedAmountThatTheWholeLedgerHidesByTheLog() {
        changeAmount();
        tamper("update ledger.expected set quota = 6000 where trade_no = '%s'".formatted(trade));

        assertThat(proof.prove().difference()).satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Difference.Kind.TRANSFER_AND_LOG);
            assertThat(difference.subject()).endsWith(" of " + trade);
            assertThat(difference.expected()).isEqualTo("CREDIT 5000 from issued to user:" + user);
            assertThat(difference.found()).isEqualTo("CREDIT 6000 from issued to user:" + user);
        });
    }

    @Test
    void findsAMissingTransferByItsPayment() {
        removeTransfer();

        assertThat(proof.prove().difference()).isEqualTo(new Difference(Difference.Kind.PAYMENT_WITHOUT_CREDIT, trade,
                "5000 to user:" + user, "no transfer"));
    }

    @Test
    void findsAMissingTransferByTheLog() {
        removeTransfer();
        tamper("delete from ledger.payment where trade_no = '%s'".formatted(trade));

        assertThat(proof.prove().difference()).satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Difference.Kind.TRANSFER_AND_LOG);
            assertThat(difference.subject()).endsWith(" of " + trade);
            assertThat(difference.found()).isEqualTo("no transfer");
        });
        assertThat(proof.prove().agrees()).as("it stands until it is mended").isFalse();
    }

    private void changeAmount() {
        tamper("update ledger.transfer set quota = 6000 where trade_no = '%s'".formatted(trade));
        tamper("update ledger.account set balance = 6000 where id = 'user:%d'".formatted(user));
    }

    private void removeTransfer() {
        tamper("delete from ledger.transfer where trade_no = '%s'".formatted(trade));
        tamper("update ledger.account set balance = 0 where id = 'user:%d'".formatted(user));
    }

    /// As one does who may do everything in the database.
    private void tamper(String sql) {
        worker.jdbc().sql("set session_replication_role = replica; " + sql + "; set session_replication_role = origin").update();
    }

    private HttpResponse<String> get(String role) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.bean(Environment.class).getProperty("local.server.port")
                        + "/api/audit/proof")).header("Authorization", "Bearer " + Tokens.of(1, "role", role)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
