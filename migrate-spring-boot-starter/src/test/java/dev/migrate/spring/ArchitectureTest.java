package dev.migrate.spring;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of the starter, as docs/architecture.md draws them. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages("dev.migrate");

    @Test
    void the_packages_have_no_cycle() {
        slices().matching("dev.migrate.spring.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.migrate.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_core_knows_nothing_of_the_starter_and_the_starter_nothing_of_its_leaves() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.migrate.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.migrate.spring..")
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.migrate.spring", "dev.migrate.spring.ecs")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.migrate.spring.web",
                        "dev.migrate.spring.actuate",
                        "dev.migrate.spring.meter",
                        "dev.migrate.spring.notify",
                        "dev.migrate.spring.command",
                        "dev.migrate.spring.report")
                .check(CLASSES);
    }

    @Test
    void what_is_told_is_put_together_below_all_that_tell_it() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.migrate.spring.report")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.migrate.spring.web", "dev.migrate.spring.actuate", "dev.migrate.spring.command")
                .check(CLASSES);
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.migrate.spring.actuate", "dev.migrate.spring.web")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.migrate.spring.command")
                .check(CLASSES);
    }
}
