package dev.sluice.sandbox.wallet;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.trade.Scan;

/// The wallet for programs. Refusals are 404 or 409 with a [WalletError].
@RestController
@RequestMapping("/wallet/api")
final class WalletApi {
    private final Wallet wallet;

    WalletApi(Wallet wallet) {
        this.wallet = wallet;
    }

    @PostMapping("/open")
    ResponseEntity<Object> open(@RequestBody CodeToScan scan) {
        return answer(wallet.open(scan.text()));
    }

    @PostMapping("/pay")
    ResponseEntity<Object> pay(@RequestBody CodeToScan scan) {
        return answer(wallet.pay(scan.text()));
    }

    @PostMapping("/leave")
    ResponseEntity<Object> leave(@RequestBody CodeToScan scan) {
        return wallet.leave(scan.text())
                ? ResponseEntity.ok(new Left("LEFT"))
                : answer(new Scan.Refused(Scan.Reason.UNKNOWN_CODE));
    }

    private static ResponseEntity<Object> answer(Scan scan) {
        return switch (scan) {
            case Scan.Accepted(var trade) -> ResponseEntity.ok(Cashier.of(trade));
            case Scan.Refused(var reason) -> ResponseEntity.status(status(reason)).body(WalletError.of(reason));
        };
    }

    private static HttpStatus status(Scan.Reason reason) {
        return switch (reason) {
            case UNKNOWN_CODE -> HttpStatus.NOT_FOUND;
            case EXPIRED_CODE, CONTEXT_INCONSISTENT, CLOSED_TRADE, ALREADY_PAID -> HttpStatus.CONFLICT;
        };
    }

    /// @param code what the QR code holds
    record CodeToScan(@Nullable String code) {
        String text() {
            return code == null ? "" : code;
        }
    }

    private record Left(String status) {}
}
