package dev.sluice.edge;

import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;

/// Keeps connections readable. Reactor Netty 1.3.7 reads no more from a connection when a request that arrived before the end of the
/// previous exchange is answered at once ([its issue 4361](https://github.com/reactor/reactor-netty/issues/4361)): a page on that connection
/// would wait for ever. Versions without the fault need a Netty that our Spring Boot does not manage.
public final class KeptConnections {
    private KeptConnections() {}

    /// The server, with each request answered in a task of its own on the thread of its connection.
    public static HttpServer of(HttpServer server) {
        return server.mapHandle((answer, connection) -> answer.subscribeOn(Schedulers.fromExecutor(connection.channel().eventLoop())));
    }
}
