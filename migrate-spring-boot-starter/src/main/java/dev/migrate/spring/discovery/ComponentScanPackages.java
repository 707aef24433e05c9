package dev.migrate.spring.discovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScans;
import org.springframework.context.annotation.TypeFilterUtils;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.AntPathMatcher;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * The component scans of the application, read from the bean definitions of its configuration classes. Auto-configurations
 * do not belong to the application.
 */
record ComponentScanPackages(List<Scan> scans) {

    private static final AntPathMatcher CLASS_NAMES = new AntPathMatcher(".");

    /** One {@code @ComponentScan}. A base package can be a pattern. */
    record Scan(List<String> packages, List<TypeFilter> excludeFilters) {

        private boolean covers(String className) {
            return packages.stream().anyMatch(name -> isBelow(name, className));
        }

        private boolean excludes(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
            for (TypeFilter filter : excludeFilters) {
                if (filter.match(reader, factory)) {
                    return true;
                }
            }
            return false;
        }
    }

    static ComponentScanPackages none() {
        return new ComponentScanPackages(List.of());
    }

    static ComponentScanPackages of(
            DefaultListableBeanFactory beans, Environment environment, ResourceLoader resources) {
        List<Scan> found = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
                    && definition.getFactoryMethodMetadata() == null
                    && !definition.getMetadata().isAnnotated(AutoConfiguration.class.getName())) {
                AnnotationMetadata type = definition.getMetadata();
                for (AnnotationAttributes scan : declaredBy(type)) {
                    found.add(new Scan(
                            packages(scan, type.getClassName(), environment),
                            filters(scan, beans, environment, resources)));
                }
            }
        }
        return new ComponentScanPackages(List.copyOf(found));
    }

    /** Whether a package, or one that matches the pattern, or a package below it contains the class. */
    static boolean isBelow(String packageName, String className) {
        return packageName.isEmpty() || CLASS_NAMES.match(packageName + ".**", className);
    }

    List<String> packages() {
        return scans.stream().flatMap(scan -> scan.packages().stream()).toList();
    }

    /** Whether component scans cover the class, and each of them excludes it. */
    boolean exclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        boolean excluded = false;
        for (Scan scan : scans) {
            if (scan.covers(reader.getClassMetadata().getClassName())) {
                if (!scan.excludes(reader, factory)) {
                    return false;
                }
                excluded = true;
            }
        }
        return excluded;
    }

    /** As Spring does: annotations on the class itself override those of its annotations. */
    private static Set<AnnotationAttributes> declaredBy(AnnotationMetadata type) {
        Set<AnnotationAttributes> direct = type.getMergedRepeatableAnnotationAttributes(
                ComponentScan.class, ComponentScans.class, MergedAnnotation::isDirectlyPresent, false, true);
        return direct.isEmpty()
                ? type.getMergedRepeatableAnnotationAttributes(
                        ComponentScan.class, ComponentScans.class, MergedAnnotation::isMetaPresent, false, true)
                : direct;
    }

    private static List<String> packages(AnnotationAttributes scan, String declaring, Environment environment) {
        List<String> names = new ArrayList<>();
        for (String name : scan.getStringArray("basePackages")) {
            names.addAll(Arrays.asList(StringUtils.tokenizeToStringArray(
                    environment.resolvePlaceholders(name), ConfigurableApplicationContext.CONFIG_LOCATION_DELIMITERS)));
        }
        for (Class<?> type : scan.getClassArray("basePackageClasses")) {
            names.add(ClassUtils.getPackageName(type));
        }
        return names.isEmpty() ? List.of(ClassUtils.getPackageName(declaring)) : List.copyOf(names);
    }

    private static List<TypeFilter> filters(
            AnnotationAttributes scan,
            DefaultListableBeanFactory beans,
            Environment environment,
            ResourceLoader resources) {
        return Arrays.stream(scan.getAnnotationArray("excludeFilters"))
                .flatMap(filter -> TypeFilterUtils.createTypeFiltersFor(filter, environment, resources, beans).stream())
                .toList();
    }
}
