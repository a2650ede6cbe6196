package dev.sluice.log.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.sluice.log.cluster.MisconfiguredException;

/// Checks, before anything else uses it, that PostgreSQL takes the login, is recent enough, and gives each connection a session of its own:
/// `LISTEN` and prepared statements live in a session. A pooler between (PgBouncer with `pool_mode=transaction`) does not.
///
/// @param url      JDBC URL
/// @param user     blank when the URL has it
/// @param password blank when none is needed, or the URL has it
public record DatabaseCheck(String url, String user, String password) {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);
    private static final String LOGIN_REFUSED = "28";
    private static final String NO_SUCH_DATABASE = "3D";
    private static final int OF_A_MAJOR_VERSION = 10_000;
    /// Of a server too: a URL may name several, which count their processes alike.
    private static final String SESSION = "select pg_backend_pid() || ' ' || pg_postmaster_start_time()";

    /// Of the database that the environment names.
    ///
    /// @param environment with `SLUICE_POSTGRES`
    public static DatabaseCheck of(Map<String, String> environment) {
        return new DatabaseCheck(environment.getOrDefault("SLUICE_POSTGRES", ""), environment.getOrDefault("SLUICE_POSTGRES_USER", ""),
                environment.getOrDefault("SLUICE_POSTGRES_PASSWORD", ""));
    }

    /// Does nothing when PostgreSQL is away: the app waits for it.
    ///
    /// @throws MisconfiguredException when only a change of the configuration helps
    public void run() {
        try (Connection connection = open()) {
            int version = Integer.parseInt(text(connection, "show server_version_num")) / OF_A_MAJOR_VERSION;
            if (version < Limits.OLDEST_VERSION) {
                throw new MisconfiguredException(
                        place() + " is of version " + version + ": Sluice needs " + Limits.OLDEST_VERSION + " or newer");
            }
            if (sharesSessions(connection)) {
                throw new MisconfiguredException(place() + " is behind a connection pooler that gives each transaction another session"
                        + " (PgBouncer with pool_mode=transaction or statement): set SLUICE_POSTGRES to PostgreSQL itself,"
                        + " or the pooler to pool_mode=session");
            }
        } catch (SQLException e) {
            refuse(e);
        }
    }

    private void refuse(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (state.startsWith(LOGIN_REFUSED)) {
            throw new MisconfiguredException(
                    place() + " does not accept the login: correct SLUICE_POSTGRES_USER and SLUICE_POSTGRES_PASSWORD (" + reason(e) + ")",
                    e);
        }
        if (state.startsWith(NO_SUCH_DATABASE)) {
            throw new MisconfiguredException(place() + " lacks the database: create it, or correct SLUICE_POSTGRES", e);
        }
    }

    /// Two statements of one connection that see two sessions, or one session that two open connections have. Between the statements another
    /// connection holds a transaction open, and with it a session: an idle pool would hand out the same one again.
    private boolean sharesSessions(Connection connection) throws SQLException {
        List<Connection> beside = new ArrayList<>();
        try {
            String own = text(connection, SESSION);
            for (int i = 0; i < Limits.CONNECTIONS_BESIDE; i++) {
                Connection other = open();
                beside.add(other);
                other.setAutoCommit(false);
                if (text(other, SESSION).equals(own) || !text(connection, SESSION).equals(own)) {
                    return true;
                }
            }
            return false;
        } catch (SQLException e) {
            // PgBouncer refuses transactions when each statement gets another session.
            if (reason(e).contains("pooling mode")) {
                return true;
            }
            // Also when no further connection is allowed: the apps will meet that themselves.
            LOG.atWarn().addKeyValue("why", reason(e)).log("not known whether each connection has a session of PostgreSQL");
            return false;
        } finally {
            for (Connection other : beside) {
                other.close();
            }
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        if (!user.isBlank()) {
            properties.setProperty("user", user);
        }
        if (!password.isBlank()) {
            properties.setProperty("password", password);
        }
        String seconds = Long.toString(Limits.ANSWER_WITHIN.toSeconds());
        for (String timeout : new String[]{"connectTimeout", "loginTimeout", "socketTimeout"}) {
            properties.setProperty(timeout, seconds);
        }
        // Without prepared statements, which another session would lack.
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(url, properties);
    }

    /// Without parameters: a password may be among them.
    private String place() {
        return "PostgreSQL at " + url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql:(//)?", "");
    }

    private static String reason(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /// Without the login.
    @Override
    public String toString() {
        return "DatabaseCheck[" + place() + "]";
    }
}
