package dev.shardline.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.shardline.simulator.net.Ticks;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.shardline.simulator");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.shardline.simulator");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.shardline.simulator.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
        noClasses()
                .that()
                .resideInAPackage("dev.shardline.simulator.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.shardline.simulator")
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        MAIN.stream()
                .map(type -> type.getPackage())
                .distinct()
                .forEach(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }

    @Test
    void oneTypeReadsTheClock() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Ticks.class)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(MAIN);
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
    }
}
