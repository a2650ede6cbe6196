package dev.sluice.reconcile.books;

import java.time.YearMonth;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;

/// The statement of a month, as JSON or as CSV for a spreadsheet.
@RestController
class StatementController {
    private static final String MARK = "\uFEFF";
    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=utf-8");

    private final Statements statements;

    StatementController(Statements statements) {
        this.statements = statements;
    }

    /// @param format `json` or `csv`
    @GetMapping("/api/reconcile/statement")
    ResponseEntity<?> statement(@RequestParam YearMonth month, @RequestParam(defaultValue = "json") String format) {
        Statements.Statement statement = statements.of(month);
        return switch (format) {
            case "json" -> ResponseEntity.ok(Shown.of(statement));
            case "csv" -> ResponseEntity.ok().contentType(CSV)
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"statement-" + month + ".csv\"").body(csv(statement));
            default -> throw Refusal.of(EdgeCode.MALFORMED, "format json | csv").exception();
        };
    }

    /// Every cell is a code, a date or a number: none can be a formula.
    private static String csv(Statements.Statement statement) {
        Stream<String> lines = Stream.concat(statement.days().stream(), statement.totals().stream()).map(StatementController::line);
        return MARK + "provider,day,payments,refunds,gross,refunded,fees,net\r\n" + lines.collect(Collectors.joining())
                + balances("opening", statement.opening()) + balances("closing", statement.closing());
    }

    private static String line(Statements.Line line) {
        return String.join(",", line.provider(), line.day().isEmpty() ? "total" : line.day(), Long.toString(line.payments()),
                Long.toString(line.refunds()), line.gross(), line.refunded(), line.fees(), line.net()) + "\r\n";
    }

    private static String balances(String which, Statements.Balances balances) {
        return "issued_quota," + which + "," + balances.issuedQuota() + "\r\nopen_differences," + which + ","
                + balances.openDifferences() + "\r\n";
    }
}
