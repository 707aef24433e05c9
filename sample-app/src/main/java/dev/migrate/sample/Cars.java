package dev.migrate.sample;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The cars in the database. */
@Repository
class Cars {

    private static final int PAGE_SIZE = 50;

    private final JdbcClient jdbc;

    Cars(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    CarPage page(@Nullable String brand, int page) {
        int total = jdbc.sql("select count(*) from cars where :brand is null or brand = :brand")
                .param("brand", brand)
                .query(Integer.class)
                .single();
        var cars = jdbc.sql(
                        """
                        select id, brand, colour, price from cars
                        where :brand is null or brand = :brand
                        order by id limit :size offset :first""")
                .param("brand", brand)
                .param("size", PAGE_SIZE)
                .param("first", (long) page * PAGE_SIZE)
                .query(Car.class)
                .list();
        return new CarPage(page, (total + PAGE_SIZE - 1) / PAGE_SIZE, total, cars);
    }
}
