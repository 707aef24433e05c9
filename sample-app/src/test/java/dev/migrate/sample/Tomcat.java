package dev.migrate.sample;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An Apache Tomcat in a process of its own, started by its own launcher.
 *
 * @param base the folder of its configuration and its applications
 * @param war the application
 */
record Tomcat(Path base, Path war) {

    private static final String SERVER =
            """
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="0" address="127.0.0.1"/>
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="true"/>
                </Engine>
              </Service>
            </Server>
            """;
    /** What the container brings, and what only the tests have. */
    private static final List<String> NOT_IN_THE_WAR = List.of(
            "tomcat-embed", "devtools", "spring-cloud-aws", "junit", "assertj", "spring-boot-test", "prometheus", "h2");

    /** Prepares the folder, without the application. */
    static Tomcat in(Path base, Path war) throws IOException {
        for (String folder : List.of("conf", "lib", "temp", "webapps")) {
            Files.createDirectories(base.resolve(folder));
        }
        Files.writeString(base.resolve("conf/server.xml"), SERVER);
        return new Tomcat(base, war);
    }

    /** Makes the WAR of these classes of the tests and of the libraries. */
    static Path war(Path war, String... packages) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(war));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            Set<String> added = new HashSet<>();
            for (Path entry : classPath().filter(Tomcat::belongsIntoTheWar).toList()) {
                if (!Files.isDirectory(entry)) {
                    add(zip, added, "WEB-INF/lib/" + entry.getFileName(), entry);
                } else {
                    boolean ofTests = entry.endsWith("test-classes");
                    addClasses(
                            zip,
                            added,
                            entry,
                            ofTests ? List.of(packages) : List.of("dev/migrate/internal", "META-INF"));
                }
            }
        }
        return war;
    }

    /** Puts the application into its place, before or after the start. */
    Tomcat deploy() throws IOException {
        Files.createLink(base.resolve("webapps/ROOT.war"), war);
        return this;
    }

    /** Starts it. The properties are those of the application, as system properties. */
    Service start(String... properties) {
        List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        jvm.add("-Dcatalina.base=" + base);
        jvm.add("-Dcatalina.home=" + base);
        jvm.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        Arrays.stream(properties).map(property -> "-D" + property).forEach(jvm::add);
        String container = String.join(
                File.pathSeparator,
                classPath()
                        .map(Path::toString)
                        .filter(entry -> entry.contains("tomcat-embed") || entry.contains("jakarta.annotation-api"))
                        .toList());
        return new Launch(jvm, List.of("-cp", container, "org.apache.catalina.startup.Bootstrap", "start"), List.of())
                .start();
    }

    private static Stream<Path> classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator)).map(Path::of).filter(Files::exists);
    }

    private static boolean belongsIntoTheWar(Path entry) {
        String name = entry.getFileName().toString();
        return NOT_IN_THE_WAR.stream().noneMatch(name::contains);
    }

    private static void addClasses(ZipOutputStream zip, Set<String> added, Path folder, List<String> packages)
            throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (packages.stream().anyMatch(name::startsWith)) {
                    add(zip, added, "WEB-INF/classes/" + name, file);
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, Set<String> added, String name, Path file) throws IOException {
        if (added.add(name)) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
            zip.closeEntry();
        }
    }
}
