package dev.sluice.log.follow;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// Where an app's views write. Usually the app's own connections; an app that also answers callers gives its views connections that
/// callers cannot use up.
///
/// @param jdbc         whose connections take part in the transactions
/// @param transactions of the same connections
public record ViewDatabase(JdbcClient jdbc, PlatformTransactionManager transactions) {}
