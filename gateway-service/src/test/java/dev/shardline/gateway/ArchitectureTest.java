package dev.shardline.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.shardline.gateway.time.SystemTimers;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom from the socket to the broker, and who may read a clock. */
class ArchitectureTest {
    private static final String ROOT = "dev.shardline.gateway.";

    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.shardline.gateway");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.shardline.gateway");

    /** Every feature, and the features that it may know. Only {@code app} knows all. */
    private static final Map<String, Set<String>> DIRECTIONS = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("time", Set.of()),
            Map.entry("spool", Set.of()),
            Map.entry("broker", Set.of()),
            Map.entry("shard", Set.of("protocol", "time")),
            Map.entry("transport", Set.of("protocol", "shard")),
            Map.entry("identify", Set.of("protocol", "shard", "time")),
            Map.entry("reshard", Set.of("identify", "protocol", "shard", "time")),
            Map.entry("publish", Set.of("broker", "shard", "spool")),
            Map.entry("filter", Set.of("publish", "shard")),
            Map.entry("checkpoint", Set.of("broker", "publish", "shard")),
            Map.entry("command", Set.of("shard")),
            Map.entry("api", Set.of("command", "protocol", "publish", "shard", "time")),
            Map.entry("interaction", Set.of("broker", "publish", "shard", "time")),
            Map.entry("health", Set.of("publish", "reshard", "shard")),
            Map.entry("metrics", Set.of("filter", "interaction", "protocol", "publish", "reshard", "shard")));

    private static Stream<String> features() {
        return DIRECTIONS.keySet().stream().sorted();
    }

    @Test
    void everyFeatureHasItsDirections() {
        assertThat(MAIN.getPackage("dev.shardline.gateway").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(features(), Stream.of("app")).toList());
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @MethodSource("features")
    void aFeatureKnowsOnlyThoseBelowIt(String feature) {
        String[] allowed = Stream.concat(Stream.of(feature), DIRECTIONS.getOrDefault(feature, Set.of()).stream())
                .map(name -> ROOT + name + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + feature + "..")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        JavaClass.Predicates.resideInAnyPackage(allowed),
                        DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + "."))))
                .check(MAIN);
    }

    @Test
    void whoTalksToDiscord() {
        onlyIn("okhttp3..", "transport", "identify", "interaction");
    }

    @Test
    void springStaysAtTheEdge() {
        onlyIn("org.springframework..", "api", "app", "health", "metrics");
    }

    @Test
    void theRabbitMqClientStaysBehindTheBrokerSide() {
        onlyIn("com.rabbitmq..", "app", "broker", "checkpoint", "command", "interaction", "publish");
    }

    private static void onlyIn(String library, String... features) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.of(features).map(name -> ROOT + name + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(MAIN);
    }

    @Test
    void oneTypeReadsTheClock() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(SystemTimers.class)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(MAIN);
    }

    @Test
    void nobodySleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(MAIN.getPackage("dev.shardline.gateway").getSubpackagesInTree())
                .filteredOn(found -> !found.getClasses().isEmpty())
                .isNotEmpty()
                .allMatch(found -> found.isAnnotatedWith(NullMarked.class));
    }
}
