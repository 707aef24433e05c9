package dev.migrate.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a service is started: what of the JVM, what application, with which arguments. Each {@code with} gives a new one.
 *
 * @param jvm arguments of the JVM
 * @param application what to run
 * @param arguments arguments of the application
 */
record Launch(List<String> jvm, List<String> application, List<String> arguments) {

    private static final String SEPARATOR = File.pathSeparator;
    private static final String DEVTOOLS = "spring-boot-devtools";
    private static final String AWSPRING = "spring-cloud-aws";

    /** The sample's jar, as it is shipped. */
    static Launch jar() {
        return jar(sampleJar());
    }

    static Launch jar(Path jar) {
        return of("-jar", jar.toString());
    }

    static Path sampleJar() {
        return Path.of(System.getProperty("sample.jar", "target/sample-app.jar"));
    }

    static Path aotJar() {
        return Path.of(System.getProperty("sample.aot.jar", "target/sample-app-aot.jar"));
    }

    /** An application on the class path of the tests, without the development tools and Spring Cloud AWS. */
    static Launch classes(Class<?> main) {
        ClassArchive archive = ClassArchive.of(classPathWithout(DEVTOOLS, AWSPRING));
        return of("-cp", archive.classPath(), main.getName())
                .jvm(archive.options().toArray(String[]::new));
    }

    /** The same with the development tools, and without what only the tests have. */
    static Launch withDevtools(Class<?> main) {
        return of("-cp", classPathWithout("test-classes", AWSPRING), main.getName());
    }

    /** The same with Spring Cloud AWS. */
    static Launch withAwspring(Class<?> main) {
        return of("-cp", classPathWithout(DEVTOOLS), main.getName());
    }

    private static Launch of(String... application) {
        return new Launch(
                        // A machine that runs eight of them at once has no use for the best code.
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"),
                        List.of(application),
                        List.of())
                .with("--server.port=0", "--server.address=127.0.0.1");
    }

    Launch jvm(String... more) {
        return new Launch(join(jvm, more), application, arguments);
    }

    /** Properties of the application. One that was given before is replaced: Spring would make a list of the two. */
    Launch with(String... more) {
        List<String> names = Arrays.stream(more).map(Launch::name).toList();
        List<String> others = arguments.stream()
                .filter(argument -> !names.contains(name(argument)))
                .toList();
        return new Launch(jvm, application, join(others, more));
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    /** A database and a ledger in this folder. */
    Launch in(Path folder) {
        return with("--sample.data=" + folder);
    }

    Service start() {
        List<String> command = new ArrayList<>();
        command.add(java());
        Stream.of(jvm, application, arguments).forEach(command::addAll);
        return new Service(run(command));
    }

    /** Runs one command to its end; the words are arguments that are no options. */
    Ended once(String... words) {
        return with("--migrate.mode=once").once(Map.of(), words);
    }

    /** Runs to the end with these environment variables and further arguments. */
    Ended once(Map<String, String> variables, String... more) {
        List<String> command = new ArrayList<>();
        command.add(java());
        Stream.of(jvm, application, arguments, List.of(more)).forEach(command::addAll);
        try {
            Path errors = Files.createTempFile("once", ".err");
            try {
                ProcessBuilder builder = builder(command).redirectError(errors.toFile());
                builder.environment().putAll(variables);
                try (Service service = new Service(builder.start())) {
                    int code = service.awaitEnd();
                    return new Ended(code, service.awaitOutput(), Files.readString(errors));
                }
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended: its exit code, and what it left on standard output and on standard error. */
    record Ended(int code, String out, String err) {}

    /** Runs a program of this JVM to its end. */
    static Service java(String... arguments) {
        return new Service(run(join(List.of(java()), arguments)));
    }

    private static Process run(List<String> command) {
        try {
            return builder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|ECS|MIGRATE|SPRING)_.*|JAVA_TOOL_OPTIONS"));
        builder.environment().put("AWS_ACCESS_KEY_ID", "test");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "testsecret");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        return builder;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPathWithout(String... parts) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(SEPARATOR))
                .filter(entry -> Arrays.stream(parts).noneMatch(entry::contains))
                .collect(Collectors.joining(SEPARATOR));
    }

    private static List<String> join(List<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }
}
