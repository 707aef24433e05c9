package dev.migrate;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the packages, as docs/architecture.md draws them, and the size of the packages and of the API. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrate");

    private static final Set<String> SUPPORTED =
            Set.of("dev.migrate", "dev.migrate.store", "dev.migrate.s3", "dev.migrate.listener");

    @Test
    void the_arrows_never_go_back() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("dev.migrate")
                .layer("listener")
                .definedBy("dev.migrate.listener")
                .layer("store")
                .definedBy("dev.migrate.store")
                .layer("stores")
                .definedBy("dev.migrate.internal.store")
                .layer("s3")
                .definedBy("dev.migrate.s3")
                .layer("text")
                .definedBy("dev.migrate.internal.text")
                .layer("time")
                .definedBy("dev.migrate.internal.time")
                .layer("ledger")
                .definedBy("dev.migrate.internal.ledger")
                .layer("execution")
                .definedBy("dev.migrate.internal.execution")
                .layer("plan")
                .definedBy("dev.migrate.internal.plan")
                .layer("reporting")
                .definedBy("dev.migrate.internal.reporting")
                .layer("protocol")
                .definedBy("dev.migrate.internal.protocol")
                .layer("runner")
                .definedBy("dev.migrate.internal.runner")
                .layer("operations")
                .definedBy("dev.migrate.internal.operations")
                .whereLayer("operations")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("runner")
                .mayOnlyBeAccessedByLayers("operations")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("runner", "operations")
                .whereLayer("reporting")
                .mayOnlyBeAccessedByLayers("protocol", "runner", "operations")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("reporting", "protocol", "runner", "operations")
                .whereLayer("execution")
                .mayOnlyBeAccessedByLayers("plan", "reporting", "protocol", "runner", "operations")
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("execution", "plan", "reporting", "protocol", "runner", "operations")
                .whereLayer("time")
                .mayOnlyBeAccessedByLayers(
                        "ledger", "execution", "plan", "reporting", "protocol", "runner", "operations")
                .whereLayer("text")
                .mayNotAccessAnyLayer()
                .whereLayer("s3")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("stores")
                .mayOnlyBeAccessedByLayers("s3")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("stores", "s3", "ledger", "protocol", "runner", "operations")
                .check(CLASSES);
    }

    @Test
    void the_packages_have_no_cycle() {
        slices().matching("dev.migrate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_core_knows_no_Spring_and_only_one_package_knows_S3() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..")
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.migrate.s3")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(CLASSES);
    }

    @Test
    void one_type_of_the_S3_package_is_public() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.migrate.s3")
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should()
                .haveSimpleName("S3ObjectStore")
                .check(CLASSES);
    }

    @Test
    void the_supported_API_is_small_and_everything_else_is_internal() {
        assertThat(topLevel().stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !SUPPORTED.contains(name))
                        .distinct()
                        .toList())
                .allMatch(name -> name.startsWith("dev.migrate.internal."));
        assertThat(topLevel().stream()
                        .filter(type -> SUPPORTED.contains(type.getPackageName()))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .toList())
                .hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void no_package_has_more_than_twenty_files() {
        assertThat(topLevel().stream().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting())))
                .allSatisfy((name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(20));
    }

    @Test
    void only_the_time_source_reads_a_clock() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.migrate.internal..")
                .and()
                .resideOutsideOfPackage("dev.migrate.internal.store")
                .and()
                .doNotHaveFullyQualifiedName("dev.migrate.internal.time.TimeSource$1")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    private static List<JavaClass> topLevel() {
        return CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "../migrate-spring-boot-starter"})
    void no_file_has_more_than_250_lines(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(module, "src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(50).allSatisfy(file -> assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .hasSizeLessThanOrEqualTo(250));
        }
    }
}
