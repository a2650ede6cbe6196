package dev.sluice.order.projection;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.sluice.log.follow.ViewDatabase;
import dev.sluice.order.ListenerPool;
import dev.sluice.order.OrderInsertion;
import dev.sluice.order.OrderRows;
import dev.sluice.order.hold.Holds;
import dev.sluice.order.refund.OrderRefunds;

/// The orders' view, on connections that requests cannot use up.
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {
    @Bean
    ViewDatabase viewDatabase(ListenerPool pool) {
        return pool.viewDatabase();
    }

    @Bean
    OrdersProjection ordersProjection(ViewDatabase database, Clock clock) {
        return new OrdersProjection(new OrderInsertion(database.jdbc(), clock), new OrderRows(database.jdbc(), clock),
                new Holds(database.jdbc()), new OrderRefunds(database.jdbc()));
    }
}
