package dev.migrate.chaos;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Starts small JVMs. A round starts five or six of them, so an archive of their classes is made once: it halves what a
 * start costs. An archive takes its classes from jars alone, so what stands in folders is packed first.
 */
final class Jvms {

    private static final int SECONDS_TO_ARCHIVE = 60;

    private final String classPath;
    private final Path archive;

    private Jvms(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** Packs the class path of the tests into a folder. */
    static Jvms in(Path folder) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .toList();
        String packed = entries.stream()
                .map(entry -> jar(Path.of(entry), folder.resolve("classes-" + entries.indexOf(entry) + ".jar")))
                .collect(Collectors.joining(File.pathSeparator));
        return new Jvms(packed, folder.resolve("classes.jsa"));
    }

    private static String jar(Path entry, Path jar) {
        if (!Files.isDirectory(entry)) {
            return entry.toString();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(entry)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(entry.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("The classes of " + entry + " were not packed", e);
        }
    }

    /** Runs an application once, and keeps an archive of the classes that it loaded. Without one, all goes slower. */
    void archive(App.Order order) throws IOException, InterruptedException {
        Path output = archive.resolveSibling("first.txt");
        Process process = command(List.of("-XX:ArchiveClassesAtExit=" + archive), order)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS_TO_ARCHIVE, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.toHandle().destroyForcibly();
            throw new IllegalStateException("The first application did not end well:\n" + Files.readString(output));
        }
    }

    /** Starts an application. */
    Process start(App.Order order) throws IOException {
        return command(Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of(), order)
                .start();
    }

    private ProcessBuilder command(List<String> options, App.Order order) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:CICompilerCount=1",
                "-XX:-UsePerfData",
                "-Xmx96m",
                "-Xmn48m", // so that no start collects garbage
                "-Xlog:disable",
                "-cp",
                classPath));
        command.addAll(options);
        command.add(App.class.getName());
        command.addAll(order.arguments());
        return new ProcessBuilder(command).redirectErrorStream(true);
    }
}
