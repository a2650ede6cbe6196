package dev.sluice.standalone.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.common.KafkaException;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine;

import dev.sluice.log.cluster.MisconfiguredException;
import dev.sluice.log.copy.CopyRefusedException;
import dev.sluice.log.rebuild.RebuildRefusedException;

/// Runs commands of the command line. Results go to the standard output, progress and faults to the standard error.
public final class Commands {
    /// The command found what operators have to look at.
    static final int FOUND = 1;
    /// It was refused, and has changed nothing.
    static final int REFUSED = 3;
    /// A server does not answer.
    static final int UNAVAILABLE = 4;
    private static final Set<String> HELP = Set.of("help", "--help", "-h", "--version");

    private Commands() {}

    /// Whether the arguments are a command; else they are options of the server.
    public static boolean isCommand(List<String> arguments) {
        return !arguments.isEmpty() && (!arguments.getFirst().startsWith("-") || HELP.contains(arguments.getFirst()));
    }

    /// Runs a command.
    ///
    /// @param environment as for the server
    /// @return the exit code: 0 done, 1 something was found, 2 wrong arguments, 3 refused, 4 a server does not answer, 78 misconfigured
    public static int run(List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        Session session = new Session(environment, out, err);
        return new CommandLine(new RebuildCommands(session))
                .addSubcommand("dead-letters", new DeadLetterCommands(session))
                .addSubcommand("log", new LogCommands(session))
                .addSubcommand(new CommandLine.HelpCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, _, _) -> fault(e, err))
                .execute(arguments.toArray(String[]::new));
    }

    private static int fault(Exception e, PrintWriter err) {
        err.println(e.getMessage() == null ? e.toString() : e.getMessage());
        return switch (e) {
            case RebuildRefusedException _,CopyRefusedException _,IllegalArgumentException _ -> REFUSED;
            case MisconfiguredException _ -> MisconfiguredException.EXIT_CODE;
            case KafkaException _,DataAccessException _ -> UNAVAILABLE;
            default -> UNAVAILABLE;
        };
    }
}
