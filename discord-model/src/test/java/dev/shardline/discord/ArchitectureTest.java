package dev.shardline.discord;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "dev.shardline.discord";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.shardline.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void theRecordsNeedNothingButJacksonsAnnotations() {
        classes()
                .that()
                .resideInAnyPackage(ROOT, ROOT + ".object", ROOT + ".event")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".object",
                        ROOT + ".event",
                        "java..",
                        "javax.annotation.processing",
                        "com.fasterxml.jackson.annotation",
                        "org.jspecify.annotations")
                .check(MAIN);
    }

    @Test
    void objectsDoNotKnowEvents() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT, ROOT + ".object")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".event", ROOT + ".json")
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        MAIN.getPackage(ROOT)
                .getSubpackagesInTree()
                .forEach(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
        assertThat(MAIN.getPackage(ROOT).isAnnotatedWith(NullMarked.class)).isTrue();
    }

    @Test
    void nobodySleepsOrReadsAClock() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
        noClasses().should().callMethod(Instant.class, "now").check(ALL);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(ALL);
        noClasses().should().callMethod(Clock.class, "systemUTC").check(ALL);
    }
}
