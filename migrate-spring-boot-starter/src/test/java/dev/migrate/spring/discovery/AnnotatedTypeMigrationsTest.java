package dev.migrate.spring.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.Migration;
import dev.migrate.MigrationAction;
import dev.migrate.spring.TestApplications;
import dev.migrate.spring.fixtures.ExecutedActions;
import dev.migrate.spring.fixtures.PlainApp;
import dev.migrate.spring.fixtures.constructed.Constructed;
import java.lang.reflect.Array;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/** Annotated classes that Spring knows as beans, outside the searched packages. */
@ExtendWith(OutputCaptureExtension.class)
class AnnotatedTypeMigrationsTest {

    private static final String BEAN_REGISTRAR = "org.springframework.beans.factory.BeanRegistrar";

    @TempDir
    Path ledger;

    @BeforeEach
    void clear() {
        ExecutedActions.clear();
    }

    @ParameterizedTest
    @ValueSource(classes = {Importing.class, Method.class, Supplying.class})
    void runsOnceWhatIsABean(Class<?> configuration) {
        run(configuration, "nothing").close();
        run(configuration, "nothing").close();
        assertThat(ExecutedActions.names()).containsExactly("made Outside", "Outside");
    }

    @ParameterizedTest
    @ValueSource(classes = {Importing.class, Method.class, Supplying.class})
    void createsNoneOfThemWhenSwitchedOff(Class<?> configuration) {
        run(configuration, "nothing", "--migrate.enabled=false").close();
        assertThat(ExecutedActions.names()).isEmpty();
    }

    @Test
    void runsWhatABeanRegistrarRegisters() {
        assumeTrue(ClassUtils.isPresent(BEAN_REGISTRAR, null), "Spring Framework 7");
        new SpringApplicationBuilder(PlainApp.class)
                .web(WebApplicationType.NONE)
                .initializers(AnnotatedTypeMigrationsTest::registerByBeanRegistrar)
                .run(new TestApplications(ledger).arguments("nothing"))
                .close();
        assertThat(ExecutedActions.names()).containsExactly("made Outside", "Outside");
    }

    @Test
    void prefersTheBeanToTheScannedClass() {
        run(Constructing.class, "constructed").close();
        run(Constructing.class, "constructed").close();
        assertThat(ExecutedActions.names()).containsExactly("made", "wheel");
    }

    @Test
    void refusesTwoBeansOfOneMigration() {
        assertThatThrownBy(() -> run(Twice.class, "nothing")).hasStackTraceContaining("Two migrations have the number");
        assertThat(ExecutedActions.names()).isEmpty();
    }

    @Test
    void leavesOutAMalformedNumberAndNamesIt(CapturedOutput output) {
        run(Malformed.class, "nothing").close();
        assertThat(output.toString().lines().filter(line -> line.contains("$TooShort is skipped: '3'")))
                .hasSize(1);
        assertThat(output).doesNotContain("without @Migration");
    }

    @Test
    void refusesABeanThatIsNoAction() {
        assertThatThrownBy(() -> run(NoAction.class, "nothing", "--migrate.on-failure=exit"))
                .hasStackTraceContaining("$NotAnAction does not implement MigrationAction");
    }

    @Test
    void warnsOfABeanWithoutTheAnnotation(CapturedOutput output) {
        run(Unannotated.class, "nothing").close();
        assertThat(output).containsPattern("WARN.*bean 'plainAction' .*MigrationAction without @Migration");
        assertThat(ExecutedActions.names()).containsExactly("made at start");
    }

    @Test
    void warnsOfAScannedClassWithoutTheAnnotation(CapturedOutput output) {
        run(PlainApp.class, "unannotated").close();
        assertThat(output.toString().lines().filter(line -> line.contains("without @Migration")))
                .hasSize(1)
                .first()
                .asString()
                .contains("WARN")
                .contains("dev.migrate.spring.fixtures.unannotated.Forgotten");
    }

    private org.springframework.context.ConfigurableApplicationContext run(
            Class<?> configuration, String fixture, String... arguments) {
        return new TestApplications(ledger).run(new Class<?>[] {PlainApp.class, configuration}, fixture, arguments);
    }

    /** Tests are compiled on Spring Framework 6, which has no such interface. */
    private static void registerByBeanRegistrar(org.springframework.context.ConfigurableApplicationContext context) {
        try {
            Class<?> type = Class.forName(BEAN_REGISTRAR);
            Object registrar =
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        if (method.getName().equals("register")) {
                            Class.forName("org.springframework.beans.factory.BeanRegistry")
                                    .getMethod("registerBean", String.class, Class.class)
                                    .invoke(arguments[0], "outside", Outside.class);
                            return null;
                        }
                        return method.getName().equals("hashCode") ? (Object) 1 : "registrar";
                    });
            Object array = Array.newInstance(type, 1);
            Array.set(array, 0, registrar);
            context.getClass().getMethod("register", array.getClass()).invoke(context, array);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Migration("0001")
    static class Outside implements MigrationAction {
        Outside() {
            ExecutedActions.note("made Outside");
        }

        @Override
        public void migrate() {
            ExecutedActions.note("Outside");
        }
    }

    @Migration("3")
    static class TooShort implements MigrationAction {
        @Override
        public void migrate() {}
    }

    @Migration("0001")
    static class NotAnAction {}

    @Configuration(proxyBeanMethods = false)
    @Import(Outside.class)
    static class Importing {}

    @Configuration(proxyBeanMethods = false)
    static class Method {
        @Bean
        Outside outside() {
            return new Outside();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(SupplyingRegistrar.class)
    static class Supplying {}

    static class SupplyingRegistrar implements ImportBeanDefinitionRegistrar {
        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            registry.registerBeanDefinition(
                    "outside",
                    BeanDefinitionBuilder.genericBeanDefinition(Outside.class, Outside::new)
                            .getBeanDefinition());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Constructing {
        @Bean
        Constructed constructed() {
            return new Constructed("wheel");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Twice {
        @Bean
        Outside one() {
            return new Outside();
        }

        @Bean
        Outside two() {
            return new Outside();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(TooShort.class)
    static class Malformed {}

    @Configuration(proxyBeanMethods = false)
    @Import(NotAnAction.class)
    static class NoAction {}

    @Configuration(proxyBeanMethods = false)
    static class Unannotated {
        @Bean
        MigrationAction plainAction() {
            ExecutedActions.note("made at start");
            return () -> ExecutedActions.note("ran");
        }
    }
}
