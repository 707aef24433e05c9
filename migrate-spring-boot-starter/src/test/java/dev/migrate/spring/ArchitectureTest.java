package dev.migrate.spring;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of the starter, as docs/architecture.md draws them, and the size of the packages. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("tests.jar"))
            .importPackages("dev.migrate");

    /** What only the auto-configurations put together: nothing else of the starter needs it. */
    private static final String[] LEAVES = {
        "dev.migrate.spring.autoconfigure",
        "dev.migrate.spring.web",
        "dev.migrate.spring.actuate",
        "dev.migrate.spring.metrics",
        "dev.migrate.spring.notification",
        "dev.migrate.spring.command",
        "dev.migrate.spring.report"
    };

    @Test
    void the_packages_have_no_cycle() {
        slices().matching("dev.migrate.spring.(**)").should().beFreeOfCycles().check(CLASSES);
        slices().matching("dev.migrate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_root_package_needs_no_other_package_of_the_starter() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.migrate.spring")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.migrate.spring.*..")
                .check(CLASSES);
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
                .resideInAnyPackage(
                        "dev.migrate.spring",
                        "dev.migrate.spring.discovery",
                        "dev.migrate.spring.startup",
                        "dev.migrate.spring.ledger",
                        "dev.migrate.spring.identity",
                        "dev.migrate.spring.logging",
                        "dev.migrate.spring.ecs")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LEAVES)
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

    @Test
    void the_root_package_has_at_most_twelve_files_and_no_package_more_than_twenty() {
        Map<String, Long> files = CLASSES.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getPackageName().startsWith("dev.migrate.spring"))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(files)
                .allSatisfy((name, count) ->
                        assertThat(count).as(name).isLessThanOrEqualTo(name.equals("dev.migrate.spring") ? 12 : 20));
    }
}
