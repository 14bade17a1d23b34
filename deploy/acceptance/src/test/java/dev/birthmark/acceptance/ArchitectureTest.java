package dev.birthmark.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the modules may know of each other. Reads the class files of every module where the build
 * has put them, so that no module need be on this one's class path for it.
 */
class ArchitectureTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
  private static final List<Path> MODULES = modules();
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream()
                  .map(m -> m.resolve("target/classes"))
                  .filter(Files::exists)
                  .toList());

  private static final String CREDENTIAL = "dev.birthmark.credential..";
  private static final String ENROLLMENT = "dev.birthmark.enrollment..";
  private static final String IDENTITY = "dev.birthmark.identity..";
  private static final DescribedPredicate<JavaClass> PLAIN_JAVA =
      resideInAnyPackage(CREDENTIAL, ENROLLMENT, IDENTITY)
          .and(not(resideInAPackage("dev.birthmark.*.server..")))
          .as("credential and the domains");

  /** Packages of a server that each speak one protocol; the others hold what these share. */
  private static final Set<String> PROTOCOLS =
      Set.of("rest", "est", "cmp", "log", "mtls", "oauth", "feed", "publication", "ocsp", "crl");

  @Test
  void whatDecidesAboutTrustIsPlainJava() {
    check(
        classes()
            .that(PLAIN_JAVA)
            .should()
            .onlyDependOnClassesThat(
                PLAIN_JAVA
                    .or(
                        resideInAnyPackage(
                            "java.lang..",
                            "java.io..",
                            "java.math..",
                            "java.net..",
                            "java.nio..",
                            "java.security..",
                            "java.text..",
                            "java.time..",
                            "java.util..",
                            "javax.crypto..",
                            "javax.security.auth.x500..",
                            "org.bouncycastle..",
                            "org.roaringbitmap..",
                            "org.jspecify.."))
                    .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))));
  }

  @Test
  void theServicesShareTheLanguageOfCredentialAndNothingElse() {
    check(
        noClasses().that().resideInAPackage(ENROLLMENT).should().dependOnClassesThat(in(IDENTITY)));
    check(
        noClasses().that().resideInAPackage(IDENTITY).should().dependOnClassesThat(in(ENROLLMENT)));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(CREDENTIAL, "dev.birthmark.edge..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(ENROLLMENT, IDENTITY)));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.birthmark.cli..", "dev.birthmark.bench..")
            .should()
            .dependOnClassesThat(in("dev.birthmark.*.server..")));
  }

  @Test
  void theProtocolsOfAServerDoNotSeeEachOther() {
    check(slices().assignedFrom(new ByProtocol()).should().notDependOnEachOther());
  }

  @Test
  void onlyIssuanceAndTheCeremonyCallTheSigner() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ENROLLMENT)
            .and()
            .resideOutsideOfPackages(
                "dev.birthmark.enrollment.issuance..",
                "dev.birthmark.enrollment.ceremony..",
                "dev.birthmark.enrollment.server.keystore..")
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "KeyCustody.sign",
                    call ->
                        owner(call).equals("dev.birthmark.credential.custody.KeyCustody")
                            && call.getName().startsWith("sign"))));
  }

  @Test
  void onlyKeyCustodySeesAPrivateKey() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(CREDENTIAL, ENROLLMENT, IDENTITY)
            .and()
            .resideOutsideOfPackages("..custody..", "..keystore..", "..ceremony..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PrivateKey.class));
  }

  @Test
  void thereAreNoPackageCycles() {
    check(slices().matching("dev.birthmark.(**)").should().beFreeOfCycles());
  }

  @Test
  void whatDecidesAboutTrustReadsNoClockAndNoRandomnessAndStartsNoThread() {
    check(
        noClasses()
            .that(PLAIN_JAVA)
            .should()
            .callCodeUnitWhere(
                DescribedPredicate.describe(
                    "a clock, randomness or threads", ArchitectureTest::isOutsideInfluence)));
  }

  @Test
  void everyPackageSaysInAParagraphWhatItIsFor() throws IOException {
    for (Path module : MODULES) {
      Path sources = module.resolve("src/main/java");
      if (!Files.exists(sources)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> packages =
            files
                .filter(f -> f.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(packages)
            .allSatisfy(p ->
                assertThat(p.resolve("package-info.java"))
                    .content()
                    .contains("/**")
                    .contains("@NullMarked"));
      }
    }
  }

  private static boolean isOutsideInfluence(JavaCall<?> call) {
    String owner = owner(call);
    String name = call.getName();
    return (owner.startsWith("java.time.")
            && name.equals("now")
            && call.getTarget().getRawParameterTypes().isEmpty())
        || (owner.startsWith("java.time.") && name.startsWith("system"))
        || (owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.equals("java.lang.Math") && name.equals("random"))
        || (owner.equals(UUID.class.getName()) && name.equals("randomUUID"))
        || owner.equals(ThreadLocalRandom.class.getName())
        || (name.equals("<init>")
            && (call.getTargetOwner().isAssignableTo(Random.class)
                || owner.equals(SplittableRandom.class.getName())))
        || (call.getTargetOwner().isAssignableTo(Thread.class)
            && (name.equals("<init>") || name.startsWith("start") || name.startsWith("of")))
        || (owner.startsWith("java.util.concurrent.") && name.endsWith("Async"))
        || owner.equals("java.util.concurrent.Executors")
        || (name.equals("<init>") && call.getTargetOwner().isAssignableTo(Executor.class));
  }

  private static String owner(JavaCall<?> call) {
    return call.getTargetOwner().getName();
  }

  private static DescribedPredicate<JavaClass> in(String packages) {
    return resideInAPackage(packages);
  }

  /** A module without code yet keeps every rule. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static List<Path> modules() {
    try {
      return Files.readAllLines(ROOT.resolve("pom.xml")).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("<module>"))
          .map(line -> ROOT.resolve(line.replaceAll("</?module>", "")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One slice per protocol package of a server; everything else is in none. */
  private static final class ByProtocol implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String[] parts = javaClass.getPackageName().split("\\.");
      boolean protocol =
          parts.length >= 5 && parts[3].equals("server") && PROTOCOLS.contains(parts[4]);
      return protocol ? SliceIdentifier.of(parts[2], parts[4]) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "protocol packages of a server";
    }
  }
}
