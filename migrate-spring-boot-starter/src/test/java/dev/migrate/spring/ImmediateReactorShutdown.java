package dev.migrate.spring;

import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** Reactor Netty waits two seconds at its end for requests that may still come; in a test none does. */
public final class ImmediateReactorShutdown implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof ReactorResourceFactory netty) {
                    netty.setShutdownQuietPeriod(Duration.ZERO);
                }
                return bean;
            }
        });
    }
}
