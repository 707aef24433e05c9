package dev.migrate.spring.discovery;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.MigrationDefinitionException;
import dev.migrate.spring.proxy.AnnotationValidator;
import dev.migrate.spring.proxy.ProxyValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.ClassUtils;

/**
 * The migrations declared in packages, found without starting the application. Conditions and profiles are ignored.
 *
 * @param declarations the declarations, ordered by class name, without those with a malformed number
 * @param faults the invalid declarations: what is wrong and what to do
 * @since 0.1
 */
public record ScannedMigrations(List<MigrationMetadata> declarations, List<String> faults) {

    /** Copies the lists. */
    public ScannedMigrations {
        declarations = List.copyOf(declarations);
        faults = List.copyOf(faults);
    }

    /**
     * Scans packages and their subpackages with the context class loader of the calling thread.
     *
     * @param packages the names of packages
     * @return the declarations and the faults
     */
    public static ScannedMigrations of(List<String> packages) {
        var resources = new DefaultResourceLoader();
        var scanner = new MigrationScanner(
                new DefaultListableBeanFactory(),
                new StandardEnvironment(),
                resources,
                MigrationScanner.Scope.CLASSES_AND_METHODS,
                (reader, factory) -> false);
        var collector = new Collector(Objects.requireNonNull(resources.getClassLoader(), "no class loader"));
        scanner.scan(packages).forEach(collector::add);
        return new ScannedMigrations(collector.declarations, collector.faults);
    }

    private static final class Collector {

        private final List<MigrationMetadata> declarations = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final ClassLoader classLoader;

        Collector(ClassLoader classLoader) {
            this.classLoader = classLoader;
        }

        void add(AnnotationMetadata type) {
            MergedAnnotation<Migration> annotation = type.getAnnotations().get(Migration.class);
            String className = type.getClassName();
            if (annotation.isPresent()) {
                declare(annotation, MigrationMetadata.simpleName(type), className);
                try {
                    ProxyValidator.checkAnnotated(MigrationTypeValidator.load(className, classLoader));
                } catch (MigrationDefinitionException e) {
                    faults.add(e.getMessage() + " " + e.action());
                }
            }
            for (MethodMetadata method : type.getAnnotatedMethods(Migration.class.getName())) {
                String origin = method.getDeclaringClassName() + "." + method.getMethodName() + "()";
                declare(method.getAnnotations().get(Migration.class), method.getMethodName(), origin);
                checkMethod(method, origin);
            }
        }

        private void declare(MergedAnnotation<Migration> annotation, String defaultName, String origin) {
            Optional<MigrationMetadata> declared = MigrationMetadata.read(annotation, defaultName, origin);
            if (declared.isEmpty()) {
                faults.add("The migration " + origin + " would be skipped: '"
                        + annotation.getString(MergedAnnotation.VALUE)
                        + "' is not a sequence number. Use 4 to 18 digits, such as 0003.");
                return;
            }
            declarations.add(declared.get());
            for (String pattern : declared.get().impossibleEnvironments()) {
                faults.add("The migration " + origin + " declares the environment '" + pattern
                        + "', which is not a valid environment name and never matches. Use a name, or a prefix"
                        + " followed by *.");
            }
        }

        private void checkMethod(MethodMetadata method, String origin) {
            if (!method.isAnnotated(Bean.class.getName())) {
                faults.add("The migration " + origin + " would never be found, because the method is not a @Bean"
                        + " method. Add @Bean, or put @Migration on a class.");
                return;
            }
            Optional<Class<? extends MigrationAction>> action = action(method.getReturnTypeName());
            if (action.isEmpty()) {
                faults.add("The migration " + origin + " returns " + method.getReturnTypeName()
                        + ", which is not a MigrationAction. Let the method return a dev.migrate.MigrationAction, or"
                        + " remove its @Migration annotation.");
                return;
            }
            try {
                ProxyValidator.checkAnnotated(AnnotationValidator.check(action.get()));
            } catch (MigrationDefinitionException e) {
                faults.add(e.getMessage() + " " + e.action());
            }
        }

        private Optional<Class<? extends MigrationAction>> action(String returnType) {
            try {
                Class<?> type = ClassUtils.forName(returnType, classLoader);
                return MigrationAction.class.isAssignableFrom(type)
                        ? Optional.of(type.asSubclass(MigrationAction.class))
                        : Optional.empty();
            } catch (ClassNotFoundException | LinkageError e) {
                return Optional.empty();
            }
        }
    }
}
