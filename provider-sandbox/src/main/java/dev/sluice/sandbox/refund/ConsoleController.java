package dev.sluice.sandbox.refund;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.sandbox.trade.Provider;
import dev.sluice.sandbox.trade.Refund;
import dev.sluice.sandbox.trade.RefundResult;
import dev.sluice.sandbox.trade.Trade;
import dev.sluice.sandbox.trade.TradeKey;
import dev.sluice.sandbox.trade.Trades;

/// The providers' own consoles: refunds that no merchant's program requested. Refusals are 404 or 409 with a [Refusal].
@RestController
@RequestMapping("/sandbox/refunds/{provider}/{number}")
record ConsoleController(Trades trades, Refunds refunds) {

    /// The refunds of an order, all that is paid by it.
    @GetMapping
    ResponseEntity<Object> show(@PathVariable("provider") String provider, @PathVariable("number") String number) {
        return find(provider, number).<ResponseEntity<Object>>map(trade -> ResponseEntity.ok(shown(refunds.current(trade))))
                .orElseGet(() -> refused(HttpStatus.NOT_FOUND, "NO_SUCH_PAYMENT"));
    }

    /// Refunds a part of an order.
    ///
    /// @param fen how much
    @PostMapping
    ResponseEntity<Object> refund(@PathVariable("provider") String provider, @PathVariable("number") String number,
            @RequestParam("fen") long fen) {
        Optional<Trade> trade = find(provider, number);
        if (trade.isEmpty()) {
            return refused(HttpStatus.NOT_FOUND, "NO_SUCH_PAYMENT");
        }
        return fen > 0 && refunds.refundInConsole(trade.get(), fen) instanceof RefundResult.Made(var refunded, var _)
                ? ResponseEntity.ok(shown(refunded))
                : refused(HttpStatus.CONFLICT, "MORE_THAN_LEFT");
    }

    private Optional<Trade> find(String provider, String number) {
        return List.of(Provider.values()).stream().filter(each -> each.name().toLowerCase(Locale.ROOT).equals(provider)).findFirst()
                .flatMap(known -> trades.find(new TradeKey(known, number))).filter(Trade::paid);
    }

    private static ResponseEntity<Object> refused(HttpStatus status, String code) {
        return ResponseEntity.status(status).body(new Refusal(code));
    }

    private static List<Refund> shown(Trade trade) {
        return trade.refunds();
    }

    private record Refusal(String code) {}
}
