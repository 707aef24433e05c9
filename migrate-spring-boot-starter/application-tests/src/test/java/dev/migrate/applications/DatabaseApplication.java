package dev.migrate.applications;

import dev.migrate.spring.fixtures.PlainApp;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with a database that lives as long as the process. Nothing here depends on the line of Spring Boot. */
@Configuration(proxyBeanMethods = false)
@Import({PlainApp.class, DatabaseApplication.Database.class})
@EnableTransactionManagement(proxyTargetClass = true)
@EnableAsync(proxyTargetClass = true)
public class DatabaseApplication {

    /** An application that makes proxies of interfaces where it can. */
    @Configuration(proxyBeanMethods = false)
    @Import({PlainApp.class, Database.class})
    @EnableTransactionManagement
    @EnableAsync
    public static class WithInterfaceProxies {}

    /** What both have. */
    @Configuration(proxyBeanMethods = false)
    public static class Database {

        @Bean
        static DataSource dataSource() {
            return new DriverManagerDataSource(System.getProperty("cars.url", "jdbc:h2:mem:cars;DB_CLOSE_DELAY=-1"));
        }

        @Bean
        static JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        static PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }

        @Bean
        static TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }
    }
}
