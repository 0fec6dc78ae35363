package scoria.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.engine.tensor.LinearAlgebra;

/** What the modules' own descriptors cannot say, and what they say, should one be loosened. */
class ArchitectureTest {
  /** From the ground up: each may use those before it. */
  private static final List<String> LAYERS =
      List.of("kernels", "engine", "autodiff", "samplers", "bench");

  private static final JavaClasses SCORIA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("scoria");

  @Test
  void theRulesSeeEveryModulesClasses() {
    Set<String> seen =
        SCORIA.stream()
            .map(c -> c.getPackageName().split("\\.", -1)[1])
            .collect(Collectors.toSet());
    for (Module module : scoriaModules()) {
      String layer = module.getName().substring("scoria.".length());
      assertTrue(module.getPackages().isEmpty() || seen.contains(layer), layer + " not in " + seen);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void dependenciesPointDown(int layer) {
    String[] above =
        LAYERS.stream()
            .skip(layer + 1L)
            .map(name -> "scoria." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("scoria." + LAYERS.get(layer) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(SCORIA);
  }

  @Test
  void onlyTheCudaKernelsAndTheDeviceKnowJCuda() {
    noClasses()
        .that()
        .resideOutsideOfPackages("scoria.kernels.cuda..", "scoria.engine.device..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jcuda..")
        .check(SCORIA);
  }

  @Test
  void packagesOfKernelsFormNoCycle() {
    slices().matching("scoria.kernels.(*)..").should().beFreeOfCycles().check(SCORIA);
  }

  @Test
  void linearAlgebraStandsAboveItsFunctions() {
    noClasses()
        .that()
        .resideInAPackage("scoria.engine.function")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(LinearAlgebra.class)
        .check(SCORIA);
  }

  /** Their last bits differ between machines, and from before to after a method is compiled. */
  @Test
  void resultsDoNotDependOnTheJdksFunctions() {
    Set<String> functions =
        Set.of(
            "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
            "expm1", "log", "log1p", "log10", "pow", "cbrt", "hypot");
    noClasses()
        .that()
        .resideOutsideOfPackages("scoria.bench.micro..", "scoria.bench.plot..")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "the target is a function of Math; StrictMath has the same bits everywhere",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().isEquivalentTo(Math.class)
                        && functions.contains(access.getTarget().getName())))
        .check(SCORIA);
  }

  @Test
  void exportedClassesShowOnlyExportedTypes() {
    classes()
        .that(areExported())
        .should(showOnlyExportedTypes())
        .allowEmptyShould(false)
        .check(SCORIA);
  }

  private static List<Module> scoriaModules() {
    return ModuleLayer.boot().modules().stream()
        .filter(module -> module.getName().startsWith("scoria."))
        .toList();
  }

  private static Set<String> exportedPackages() {
    return scoriaModules().stream()
        .flatMap(module -> module.getDescriptor().exports().stream())
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  private static DescribedPredicate<JavaClass> areExported() {
    Set<String> exported = exportedPackages();
    return DescribedPredicate.describe(
        "are exported",
        c ->
            c.getModifiers().contains(JavaModifier.PUBLIC)
                && exported.contains(c.getPackageName()));
  }

  private static ArchCondition<JavaClass> showOnlyExportedTypes() {
    Set<String> exported = exportedPackages();
    return new ArchCondition<>("show only exported types in public and protected members") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .forEach(
                member ->
                    shownBy(member)
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> type.getPackageName().startsWith("scoria."))
                        .filter(
                            type ->
                                !exported.contains(type.getPackageName())
                                    || !type.getModifiers().contains(JavaModifier.PUBLIC))
                        .forEach(
                            type ->
                                events.add(
                                    SimpleConditionEvent.violated(
                                        member,
                                        member.getFullName()
                                            + " shows "
                                            + type.getName()
                                            + ", which users cannot reach"))));
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> shownBy(JavaMember member) {
    return switch (member) {
      case JavaField field -> field.getType().getAllInvolvedRawTypes().stream();
      case JavaCodeUnit unit ->
          Stream.concat(
              unit.getReturnType().getAllInvolvedRawTypes().stream(),
              unit.getParameterTypes().stream().flatMap(t -> t.getAllInvolvedRawTypes().stream()));
      default -> Stream.empty();
    };
  }
}
