package dev.sluice.log.rebuild.schema;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A database on which a schema has another name: each statement is mapped before PostgreSQL sees it. Nothing depends on the session, so it
/// works behind a pooler too.
public final class MappedDataSource extends DelegatingDataSource {
    private final SchemaMapping mapping;

    public MappedDataSource(DataSource real, SchemaMapping mapping) {
        super(real);
        this.mapping = mapping;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return mapped(Connection.class, super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return mapped(Connection.class, super.getConnection(username, password));
    }

    /// The first argument of these methods is SQL.
    private static boolean takesSql(String method) {
        return method.startsWith("prepare") || method.startsWith("execute") || method.equals("addBatch") || method.equals("nativeSQL");
    }

    private <T> T mapped(Class<T> type, T real) {
        InvocationHandler handler = (_, method, arguments) -> {
            @Nullable
            Object[] given = arguments;
            if (given != null && given.length > 0 && given[0] instanceof String sql && takesSql(method.getName())) {
                given = given.clone();
                given[0] = mapping.apply(sql);
            }
            try {
                return wrapped(method.invoke(real, given));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        return switch (result) {
            case CallableStatement call -> mapped(CallableStatement.class, call);
            case PreparedStatement statement -> mapped(PreparedStatement.class, statement);
            case Statement statement -> mapped(Statement.class, statement);
            case null, default -> result;
        };
    }
}
