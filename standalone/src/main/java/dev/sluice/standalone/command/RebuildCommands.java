package dev.sluice.standalone.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.sluice.credit.LedgerRebuild;
import dev.sluice.log.rebuild.Comparison;
import dev.sluice.log.rebuild.Pace;
import dev.sluice.log.rebuild.Progress;
import dev.sluice.log.rebuild.Rebuild;
import dev.sluice.log.rebuild.schema.RebuiltSchema;
import dev.sluice.log.rebuild.schema.RebuiltTable;
import dev.sluice.log.verify.LogVerification;
import dev.sluice.log.verify.Verdict;
import dev.sluice.order.rebuild.OrdersRebuild;
import dev.sluice.reconcile.ReconcilerRebuild;

/// Commands about the views, and about the log as a whole.
@Command(name = "sluice", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND", description = "Without a command the server starts: see --demo. The servers are those of SLUICE_KAFKA and SLUICE_POSTGRES,"
        + " else those of the folder SLUICE_DATA.")
final class RebuildCommands {
    private static final String VIEW = "ledger, orders or recon";
    private static final String OTHER_LOG = "the log is a copy in another cluster; the apps are stopped";
    private static final String JSON = "one line of JSON";

    private final Session session;

    RebuildCommands(Session session) {
        this.session = session;
    }

    /// By the name that operators use.
    static RebuiltSchema schema(String name) {
        List<RebuiltSchema> all = List.of(LedgerRebuild.schema(), OrdersRebuild.schema(), ReconcilerRebuild.schema());
        return all.stream().filter(schema -> schema.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no view " + name + ": there are " + all.stream().map(RebuiltSchema::name).collect(Collectors.joining(", "))));
    }

    /// What a rebuild has done.
    record Result(String view, Map<String, Long> records, @Nullable Comparison comparison, @Nullable String before) {}

    @Command(description = "Rebuilds a view from the log into a schema beside the live one.", mixinStandardHelpOptions = true)
    int rebuild(@Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Option(names = "--from", paramLabel = "TIME", description = "begin with a copy of the live rows, and read again since then") @Nullable Instant from,
            @Option(names = "--compare", description = "compare it with the live one") boolean compare,
            @Option(names = "--swap", description = "put it in the live one's place; with --compare only when both are equal") boolean swap,
            @Option(names = "--dry-run", description = "check and count only") boolean dryRun,
            @Option(names = "--pace", paramLabel = "PERCENT", defaultValue = "100", description = "share of the time to work") int pace,
            @Option(names = "--other-log", description = OTHER_LOG) boolean otherLog,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); Rebuild rebuild = open(view, servers, otherLog, new Pace(pace))) {
            Rebuild.Plan plan = rebuild.plan(Optional.ofNullable(from));
            if (dryRun) {
                session.answer(json, plan, text(plan));
                return 0;
            }
            rebuild.run(Optional.ofNullable(from), progress -> session.report(text(progress)));
            Comparison comparison = compare ? rebuild.compare() : null;
            boolean differs = comparison != null && !comparison.isEqual();
            String before = swap && !differs ? rebuild.swap() : null;
            session.answer(json, new Result(view, plan.records(), comparison, before), "rebuilt " + view
                    + (comparison == null ? "" : "\n" + text(comparison)) + (before == null ? "" : "\n" + swapped(before)));
            return differs ? Commands.FOUND : 0;
        }
    }

    @Command(description = "Brings the shadow of a rebuild up to date, and compares it with the live view.", mixinStandardHelpOptions = true)
    int compare(@Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Option(names = "--other-log", description = OTHER_LOG) boolean otherLog,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); Rebuild rebuild = open(view, servers, otherLog, Pace.FULL)) {
            Comparison comparison = rebuild.compare();
            session.answer(json, comparison, text(comparison));
            return comparison.isEqual() ? 0 : Commands.FOUND;
        }
    }

    @Command(description = "Puts the shadow of a rebuild in the place of the live view.", mixinStandardHelpOptions = true)
    int swap(@Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Option(names = "--other-log", description = OTHER_LOG) boolean otherLog,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); Rebuild rebuild = open(view, servers, otherLog, Pace.FULL)) {
            String before = rebuild.swap();
            session.answer(json, Map.of("view", view, "before", before), swapped(before));
            return 0;
        }
    }

    @Command(description = "Drops the shadow of a view, and what swaps have put aside.", mixinStandardHelpOptions = true)
    int drop(@Parameters(paramLabel = "VIEW", description = VIEW) String view,
            @Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers(); Rebuild rebuild = open(view, servers, false, Pace.FULL)) {
            List<String> dropped = rebuild.drop();
            session.answer(json, Map.of("dropped", dropped),
                    dropped.isEmpty() ? "nothing to drop" : "dropped " + String.join(", ", dropped));
            return 0;
        }
    }

    @Command(description = "Walks the whole log, and checks whether it keeps the promises.", mixinStandardHelpOptions = true)
    int verify(@Option(names = "--json", description = JSON) boolean json) {
        try (Servers servers = session.servers();
                LogVerification verification = LogVerification.of(servers.kafka(), new Reports(session, "read")::add)) {
            Verdict verdict = verification.run();
            String text = verdict.records() + " records, " + verdict.orders() + " orders, " + verdict.waiting() + " payments wait, "
                    + verdict.setAside() + " records set aside: "
                    + (verdict.holds() ? "the promises hold" : verdict.violations() + " violations");
            session.answer(json, verdict, Stream.concat(Stream.of(text), verdict.first().stream().map(violation -> violation.promise() + " "
                    + violation.subject() + " " + violation.place() + ": " + violation.what())).collect(Collectors.joining("\n")));
            return verdict.holds() ? 0 : Commands.FOUND;
        }
    }

    private static Rebuild open(String view, Servers servers, boolean otherLog, Pace pace) {
        RebuiltSchema schema = schema(view);
        return Rebuild.of(schema, servers.database(schema.schema()), servers.kafka(),
                otherLog ? Rebuild.Source.OTHER : Rebuild.Source.OF_LIVE, pace);
    }

    private static String text(Rebuild.Plan plan) {
        return plan.records().entrySet().stream().map(view -> view.getKey() + " reads " + view.getValue() + " records\n")
                .collect(Collectors.joining())
                + plan.tables().stream().map(RebuildCommands::text).collect(Collectors.joining("\n"));
    }

    private static String text(RebuiltTable table) {
        return table.name() + ": " + switch (table.origin()) {
            case DERIVED -> "from the log";
            case KEPT -> "kept as it is";
            case EMPTY -> "begins empty";
        } + table.reasons().entrySet().stream().map(reason -> "\n    " + reason.getKey() + ": " + reason.getValue())
                .collect(Collectors.joining());
    }

    private static String text(Progress progress) {
        return progress.view() + ": " + progress.done() + " of " + progress.total() + " records, " + progress.rate() + " per second, "
                + progress.left().toSeconds() + " s left";
    }

    private static String text(Comparison comparison) {
        return comparison.first().map(difference -> "first difference: " + difference)
                .orElseGet(() -> "equal: "
                        + comparison.rows().entrySet().stream().map(table -> table.getValue() + " rows of " + table.getKey())
                                .collect(Collectors.joining(", ")));
    }

    private static String swapped(String before) {
        return "live from now on; the schema before is " + before + " until `drop`";
    }
}
