package com.shivx.cli;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/** The arrows between the modules, and the house rules that no compiler knows. */
@AnalyzeClasses(
        packages = "com.shivx",
        importOptions = {
            DoNotIncludeTests.class,
            ArchitectureTest.DoNotIncludeTestJars.class,
            ArchitectureTest.WrittenByPeople.class
        })
class ArchitectureTest {
    /** Tests of other modules, whose helpers these use. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    /** What JMH makes of its annotations is nobody's style. */
    static final class WrittenByPeople implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    private static final String UNSPECIFIED_LAST_BITS =
            "a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot";

    @ArchTest
    static final ArchRule MODULES_SEE_ONLY_WHAT_THE_ARROWS_ALLOW =
            layeredArchitecture()
                    .consideringOnlyDependenciesInAnyPackage("com.shivx..")
                    .layer("features")
                    .definedBy("com.shivx.features..")
                    .layer("drift")
                    .definedBy("com.shivx.drift..")
                    .layer("models")
                    .definedBy("com.shivx.models..")
                    .layer("operators")
                    .definedBy("com.shivx.operators..")
                    .layer("jobs")
                    .definedBy("com.shivx.jobs..")
                    .layer("control")
                    .definedBy("com.shivx.control..")
                    .layer("local")
                    .definedBy("com.shivx.local..")
                    .layer("bench")
                    .definedBy("com.shivx.bench..")
                    .layer("cli")
                    .definedBy("com.shivx.cli..")
                    .whereLayer("features")
                    .mayNotAccessAnyLayer()
                    .whereLayer("drift")
                    .mayNotAccessAnyLayer()
                    .whereLayer("models")
                    .mayOnlyAccessLayers("features", "drift")
                    .whereLayer("operators")
                    .mayOnlyAccessLayers("features", "drift", "models")
                    .whereLayer("jobs")
                    .mayOnlyAccessLayers("features", "drift", "models", "operators")
                    .whereLayer("control")
                    .mayOnlyAccessLayers("features", "drift", "models")
                    .whereLayer("local")
                    .mayNotAccessAnyLayer()
                    .whereLayer("bench")
                    .mayOnlyAccessLayers(
                            "features", "drift", "models", "operators", "jobs", "local")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule FEATURES_NEED_THE_JDK_ALONE =
            classes()
                    .that()
                    .resideInAPackage("com.shivx.features..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("com.shivx.features..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule DRIFT_SEES_PLAIN_NUMBERS_AND_STATISTICS =
            classes()
                    .that()
                    .resideInAPackage("com.shivx.drift..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "com.shivx.drift..",
                            "java..",
                            "org.jspecify..",
                            "org.apache.commons.math3..",
                            "org.apache.commons.statistics..",
                            "org.apache.commons.numbers..",
                            "org.apache.commons.rng..");

    @ArchTest
    static final ArchRule MODELS_NEVER_SEE_THE_ENGINE =
            noClasses()
                    .that()
                    .resideInAPackage("com.shivx.models..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule CONTROL_NEVER_SEES_THE_ENGINE =
            noClasses()
                    .that()
                    .resideInAPackage("com.shivx.control..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..")
                    .because("it knows the REST API alone, and serves any cluster");

    @ArchTest
    static final ArchRule OPERATORS_HAVE_NO_CONNECTORS =
            noClasses()
                    .that()
                    .resideInAPackage("com.shivx.operators..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector..");

    @ArchTest
    static final ArchRule FEATURES_DRIFT_AND_MODELS_READ_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "com.shivx.features..", "com.shivx.drift..", "com.shivx.models..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule KERNELS_GIVE_THE_SAME_BITS_ON_EVERY_MACHINE =
            noClasses()
                    .that()
                    .resideInAPackage("com.shivx.features..")
                    .should()
                    .callMethodWhere(
                            target(owner(equivalentTo(Math.class)))
                                    .and(target(nameMatching(UNSPECIFIED_LAST_BITS))))
                    .because("StrictMath has specified ones");

    @ArchTest
    static final ArchRule PACKAGES_OF_A_MODULE_HAVE_NO_CYCLES =
            slices().matching("com.shivx.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Manager|Helper|Utils?|Service|Processor|Impl|Base)")
                    .because("such a name does not say what the class is");

    @ArchTest static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(beNullMarked());

    private static ArchCondition<JavaClass> beNullMarked() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                events.add(
                        new SimpleConditionEvent(
                                item,
                                item.getPackage().isAnnotatedWith(NullMarked.class),
                                item.getName() + " is in a package that is not @NullMarked"));
            }
        };
    }
}
