package dev.shardline.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.shardline.sdk");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.shardline.sdk");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.shardline.sdk.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void onlyTheSpringPartTouchesSpringAndMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.shardline.sdk.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.micrometer..", "dev.shardline.sdk.spring..")
                .check(MAIN);
    }

    @Test
    void onlyTheBrokerSideAndItsBuildersKnowTheRabbitMqClient() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.shardline.sdk.event..",
                        "dev.shardline.sdk.dispatch..",
                        "dev.shardline.sdk.lane..",
                        "dev.shardline.sdk.duplicate..",
                        "dev.shardline.sdk.balance..",
                        "dev.shardline.sdk.layout..",
                        "dev.shardline.sdk.guild..",
                        "dev.shardline.sdk.testing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.rabbitmq..")
                .check(MAIN);
    }

    @Test
    void oneTypeReadsTheClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.shardline.sdk.time.SystemTimers")
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

    @Test
    void everyPackageIsNullMarked() {
        JavaPackage root = MAIN.getPackage("dev.shardline.sdk");
        assertThat(root.getSubpackagesInTree())
                .filteredOn(each -> !each.getClasses().isEmpty())
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }
}
