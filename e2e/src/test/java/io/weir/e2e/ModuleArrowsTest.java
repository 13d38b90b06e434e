package io.weir.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.weir.local.servers.EmbeddedCassandra;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the arrows of ARCHITECTURE.md: which modules each module may use, and which may use Cassandra's driver and
 * Spark.
 */
class ModuleArrowsTest {

    /** The modules that each module of the product may use. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "core", List.of(),
            "storage", List.of("core"),
            "node", List.of(),
            "metricconsumer", List.of("core", "storage"),
            "metricproducer", List.of("core"),
            "query", List.of("core", "storage"),
            "local", List.of("core", "storage", "metricproducer", "query"),
            "benchmarks", List.of("core", "storage", "metricproducer", "query", "local", "metricconsumer"));

    private static final JavaClasses WEIR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.weir");

    static Stream<String> modules() {
        return ARROWS.keySet().stream().sorted();
    }

    @Test
    void everyModuleIsImported() {
        assertThat(WEIR.stream()
                        .map(type -> type.getPackageName().split("\\.")[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyModulesBelowIt(String module) {
        Stream<String> allowed = Stream.concat(Stream.of(module), ARROWS.get(module).stream());
        noClasses()
                .that()
                .resideInAPackage(of(module))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.weir..")
                        .and(not(resideInAnyPackage(
                                allowed.map(ModuleArrowsTest::of).toArray(String[]::new)))))
                .check(WEIR);
    }

    @Test
    void coreUsesOnlyTheJdkAndTheJsonParser() {
        classes()
                .that()
                .resideInAPackage(of("core"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        of("core"),
                        "com.fasterxml.jackson.core..",
                        "org.jspecify.annotations..")
                .check(WEIR);
    }

    /**
     * There is one exception: the embedded server queries itself for readiness before any tables exist. Benchmarks may
     * use everything.
     */
    @Test
    void onlyStorageUsesCassandrasDriver() {
        noClasses()
                .that()
                .resideOutsideOfPackages(of("storage"), of("benchmarks"))
                .and()
                .areNotAssignableTo(EmbeddedCassandra.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.datastax..")
                .check(WEIR);
    }

    @Test
    void onlyTheNodeModuleUsesCassandrasServerClasses() {
        noClasses()
                .that()
                .resideOutsideOfPackage(of("node"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.cassandra..")
                .check(WEIR);
    }

    @Test
    void onlyTheApplicationUsesSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackages(of("metricconsumer"), of("benchmarks"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
                .check(WEIR);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.weir.(**)").should().beFreeOfCycles().check(WEIR);
    }

    private static String of(String module) {
        return "io.weir." + module + "..";
    }
}
