package dev.shardline.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.shardline.it");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.shardline.it.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void nothingSleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
    }

    @Test
    void processesAreSeenFromOutsideOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.shardline.gateway..")
                .check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(ALL.getPackage("dev.shardline.it").getSubpackagesInTree())
                .filteredOn(each -> !each.getClasses().isEmpty())
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }
}
