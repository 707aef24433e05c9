package dev.migrate;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, as docs/architecture.md draws them. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrate");

    @Test
    void the_arrows_never_go_back() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy("dev.migrate")
                .layer("store")
                .definedBy("dev.migrate.store")
                .layer("s3")
                .definedBy("dev.migrate.s3")
                .layer("ledger")
                .definedBy("dev.migrate.ledger")
                .layer("run")
                .definedBy("dev.migrate.run")
                .layer("retry")
                .definedBy("dev.migrate.retry")
                .whereLayer("retry")
                .mayOnlyBeAccessedByLayers("ledger", "run")
                .whereLayer("run")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("ledger")
                .mayOnlyBeAccessedByLayers("run")
                .whereLayer("s3")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("ledger", "run", "s3")
                .check(CLASSES);
    }

    @Test
    void the_packages_have_no_cycle() {
        slices().matching("dev.migrate.(*)..").should().beFreeOfCycles().check(CLASSES);
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
    void only_the_ticker_reads_a_clock() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.migrate.ledger", "dev.migrate.run")
                .and()
                .doNotHaveFullyQualifiedName("dev.migrate.ledger.Ticker$1")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }
}
