package dev.sluice.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A database that counts how often it is asked.
public final class RoundTrips {
    private final AtomicInteger count = new AtomicInteger();
    private final DataSource dataSource;

    public RoundTrips(DataSource real) {
        dataSource = counting(DataSource.class, real);
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /// How often the database is asked by one transaction, its end included.
    public int of(Runnable work) {
        count.set(0);
        inTransaction(work);
        return count.get();
    }

    public void inTransaction(Runnable work) {
        new TransactionTemplate(new DataSourceTransactionManager(dataSource)).executeWithoutResult(_ -> work.run());
    }

    private <T> T counting(Class<T> type, T real) {
        InvocationHandler handler = (_, method, arguments) -> {
            if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
                count.incrementAndGet();
            }
            try {
                Object result = method.invoke(real, arguments);
                return switch (result) {
                    case PreparedStatement statement -> counting(PreparedStatement.class, statement);
                    case Connection connection -> counting(Connection.class, connection);
                    case null, default -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }
}
