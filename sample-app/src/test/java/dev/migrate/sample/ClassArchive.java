package dev.migrate.sample;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * An archive of the classes that a service loads, which the JVM maps instead of reading them again: a service of these tests then
 * starts in about half the time. It can hold only what comes from jars, and these must be the first entries of the class path.
 *
 * @param options the options of the JVM
 * @param classPath the class path of the tests, with the jars first
 */
record ClassArchive(List<String> options, String classPath) {

    private static final Path TARGET = Path.of("target");
    /** The classes of the sample, as the build leaves them beside the executable jar. */
    private static final Path PLAIN_JAR = TARGET.resolve("sample-app.jar.original");

    /** Makes the archive, unless this build has one: the JVM does not use one that was made of other jars. */
    static ClassArchive of(String classPath) {
        List<String> jars = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!Files.isDirectory(Path.of(entry))) {
                jars.add(entry);
            } else if (!Path.of(entry).endsWith(Path.of("target", "classes"))) {
                folders.add(entry);
            }
        }
        if (!Files.exists(PLAIN_JAR) || jars.stream().anyMatch(jar -> jar.contains("devtools"))) {
            return new ClassArchive(List.of(), classPath);
        }
        try (FileChannel channel = FileChannel.open(
                        TARGET.resolve("class-archive.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) { // the tests run in several processes
            assert lock.isValid();
            String key = key(jars);
            Path own = TARGET.resolve("sample-classes-" + key + ".jar");
            Path archive = TARGET.resolve("classes-" + key + ".jsa");
            if (!Files.exists(archive)) {
                if (!Files.exists(own)) {
                    Files.copy(PLAIN_JAR, own);
                }
                jars.add(own.toString());
                train(archive, jars);
            } else {
                jars.add(own.toString());
            }
            jars.addAll(folders);
            return new ClassArchive(
                    // Without a word about an archive that does not fit.
                    List.of("-XX:SharedArchiveFile=" + archive.toAbsolutePath(), "-Xshare:auto", "-Xlog:cds=off"),
                    String.join(
                            File.pathSeparator,
                            jars.stream().map(ClassArchive::absolute).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void train(Path archive, List<String> jars) throws IOException {
        Path data = Files.createTempDirectory("class-archive");
        try (Service training = Launch.java(
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dspring.context.exit=onRefresh",
                "-cp",
                String.join(
                        File.pathSeparator,
                        jars.stream().map(ClassArchive::absolute).toList()),
                SampleApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--sample.data=" + data)) {
            if (training.awaitEnd() != 0 || !Files.exists(archive)) {
                throw new IllegalStateException("No archive was made: " + training.text());
            }
        }
    }

    private static String absolute(String entry) {
        return Path.of(entry).toAbsolutePath().toString();
    }

    /** The jars, with what the JVM compares of them. */
    private static String key(List<String> jars) throws IOException {
        CRC32 sum = new CRC32();
        List<Path> all = new ArrayList<>(jars.stream().map(Path::of).toList());
        all.add(PLAIN_JAR);
        for (Path jar : all) {
            String facts = jar + " " + Files.size(jar) + " "
                    + Files.getLastModifiedTime(jar).toMillis();
            sum.update(facts.getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(sum.getValue());
    }
}
