package dev.migrate.spring.ledger;

import dev.migrate.spring.MigrateConfigurationException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.StringUtils;
import software.amazon.awssdk.services.s3.S3Client;

/** Selects one of the application's S3 clients by bean definition, without creating a bean. */
final class S3ClientSelector {

    private S3ClientSelector() {}

    /** Returns the bean name; null if the application has no S3 client. */
    static @Nullable String select(ConfigurableListableBeanFactory beans, @Nullable String configured) {
        List<String> names =
                Arrays.asList(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, S3Client.class, false, false));
        if (StringUtils.hasText(configured)) {
            if (!names.contains(configured)) {
                throw new MigrateConfigurationException(
                        "migrate.s3.client is '" + configured + "', but no S3 client of the application has that name: "
                                + (names.isEmpty() ? "it has none." : "it has " + String.join(", ", names) + "."),
                        "Set migrate.s3.client to the name of a bean of type S3Client, or leave it out.");
            }
            return configured;
        }
        if (names.size() < 2) {
            return names.isEmpty() ? null : names.get(0);
        }
        List<String> primary = names.stream()
                .filter(name -> beans.containsBeanDefinition(name)
                        && beans.getBeanDefinition(name).isPrimary())
                .toList();
        if (primary.size() == 1) {
            return primary.get(0);
        }
        List<String> candidates = names.stream()
                .filter(name -> !beans.containsBeanDefinition(name) || isCandidate(beans.getBeanDefinition(name)))
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new MigrateConfigurationException(
                "The application has several S3 clients and none is primary, so the client for the ledger is"
                        + " ambiguous: " + String.join(", ", names) + ".",
                "Set migrate.s3.client to the name of one of these beans, or make one of them primary.");
    }

    private static boolean isCandidate(BeanDefinition definition) {
        return definition.isAutowireCandidate() && !definition.isFallback();
    }
}
