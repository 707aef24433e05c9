package dev.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The supported API, compared with a committed list. A change of the list is a change that users see: it needs a line in the
 * changelog, and after the first release a deprecation before a removal. {@code -Dapi.update=true} writes the list.
 */
class SupportedApiTest {

    private static final Path LIST = Path.of("src/test/resources/supported-api.txt");
    private static final String[] PACKAGES = {
        "dev.migrate", "dev.migrate.listener", "dev.migrate.s3", "dev.migrate.store"
    };

    @Test
    void is_the_committed_list() throws IOException {
        List<String> api = api();
        if (Boolean.getBoolean("api.update")) {
            Files.write(LIST, api);
        }
        assertThat(api).hasSizeGreaterThan(25).isEqualTo(Files.readAllLines(LIST));
    }

    @Test
    void does_not_expose_internal_types() {
        assertThat(api()).noneMatch(line -> line.contains("dev.migrate.internal"));
    }

    private static List<String> api() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(PACKAGES).stream()
                        .filter(type -> Arrays.asList(PACKAGES).contains(type.getPackageName()))
                        .map(JavaClass::reflect)
                        .filter(SupportedApiTest::isVisible)
                        .sorted((one, other) -> one.getName().compareTo(other.getName()))
                        .flatMap(type -> Stream.concat(Stream.of(header(type)), members(type)))
                        .toList();
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static String header(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        return kind + " " + type.getName();
    }

    private static Stream<String> members(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            add(
                    members,
                    field.getModifiers(),
                    field.isSynthetic(),
                    field.getName() + ": " + name(field.getGenericType()));
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(members, constructor.getModifiers(), constructor.isSynthetic(), "new" + parameters(constructor));
        }
        for (Method method : type.getDeclaredMethods()) {
            String text = method.getName() + parameters(method) + ": " + name(method.getGenericReturnType());
            add(members, method.getModifiers(), method.isSynthetic(), text);
        }
        return members.stream().sorted().map(member -> "  " + member);
    }

    private static void add(List<String> members, int modifiers, boolean synthetic, String text) {
        if (!synthetic && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers))) {
            members.add((Modifier.isStatic(modifiers) ? "static " : "") + text);
        }
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getGenericParameterTypes())
                .map(SupportedApiTest::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String name(Type type) {
        return type.getTypeName()
                .replace("java.lang.", "")
                .replace("java.util.", "")
                .replace("java.time.", "");
    }
}
