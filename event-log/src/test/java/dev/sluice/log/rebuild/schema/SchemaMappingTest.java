package dev.sluice.log.rebuild.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaMappingTest {
    private final SchemaMapping mapping = new SchemaMapping("orders", "orders_shadow");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "select * from orders.topup | select * from orders_shadow.topup",
            "insert into ORDERS . topup as orders | insert into orders_shadow . topup as orders",
            "select \"orders\".topup.id | select orders_shadow.topup.id",
            "update orders.figures set orders = figures.orders + excluded.orders | update orders_shadow.figures set orders = figures.orders + excluded.orders",
            "select x.orders.y | select x.orders.y",
            "select 'orders.topup', 'it''s orders.topup', e'\\'orders.x' from orders.hold | select 'orders.topup', 'it''s orders.topup', e'\\'orders.x' from orders_shadow.hold",
            "select 1 -- orders.topup | select 1 -- orders.topup",
            "select 1 /* orders.topup */ from orders.act | select 1 /* orders.topup */ from orders_shadow.act",
            "do $$ orders.x $$; select orders.y | do $$ orders.x $$; select orders_shadow.y",
            "do $a$ orders.x $$ $a$; select orders.y | do $a$ orders.x $$ $a$; select orders_shadow.y",
            "select $1::text from my_orders.t, orders_old.t, orders$.t | select $1::text from my_orders.t, orders_old.t, orders$.t",
            "select \"a orders.b\" from orders.c | select \"a orders.b\" from orders_shadow.c"})
    void mapsTheSchemaAndNothingElse(String statement, String mapped) {
        assertThat(mapping.apply(statement)).isEqualTo(mapped);
    }

    @Test
    void mapsAStatementOfManyLinesWithALongLiteral() {
        String literal = "'" + "orders.topup ''".repeat(20_000) + "'";

        assertThat(mapping.apply("select " + literal + "\nfrom orders.hold\njoin orders.topup using (trade_no)"))
                .isEqualTo("select " + literal + "\nfrom orders_shadow.hold\njoin orders_shadow.topup using (trade_no)");
    }
}
