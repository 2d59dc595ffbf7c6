package dev.shardline.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.shardline.broker");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.shardline.broker.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theWireAndTheRoutingKnowNothingOfTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage("..broker.wire..", "..broker.routing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..broker.queue..", "..broker.store..", "..broker.server..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..broker.queue..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..broker.store..", "..broker.server..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..broker.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..broker.server..")
                .check(CLASSES);
    }

    @Test
    void oneTypeReadsTheClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("BrokerClock")
                .and()
                .doNotHaveSimpleName("ThroughputBenchmark")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new ArchCondition<JavaClass>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(
                                    SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                        }
                    }
                })
                .check(CLASSES);
    }
}
