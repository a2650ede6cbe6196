package dev.sluice.credit.proof;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.sluice.edge.answer.EdgeCode;
import dev.sluice.edge.answer.Refusal;
import dev.sluice.edge.answer.Shown;

/// The last proof, for auditors.
@RestController
class ProofController {
    private final ProofStatements tables;

    ProofController(ProofStatements tables) {
        this.tables = tables;
    }

    @GetMapping("/api/audit/proof")
    Shown<ProofResult> last() {
        return Shown.of(tables.last().orElseThrow(() -> Refusal.of(EdgeCode.NOT_FOUND).exception()));
    }
}
