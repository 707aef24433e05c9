package dev.migrate.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server in a process of its own. It has one request thread, because with more S3Mock looks at a condition and
 * writes in two steps, and two writers can win. And requests come to it one at a time, because it sends an object's
 * content on another thread when the request thread is free already: a reader would get the head of one version and the
 * content of the next.
 *
 * <p>The jar is looked for under the system property {@code migrate.test.s3mock}, then at
 * {@code target/servers/s3mock.jar}; the build puts it there before the integration tests.
 */
public final class S3MockServer implements AutoCloseable {

    /** The bucket that is there from the start. */
    public static final String BUCKET = "ledger";

    private static final int SECONDS_TO_START = 180;

    private final Process process;
    private final FaultProxy front;
    private final Thread hook;

    private S3MockServer(Process process, URI own) {
        this.process = process;
        this.front = FaultProxy.inSingleFile(own);
        this.hook = new Thread(this::end, "end-s3mock");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The server that all tests of this JVM share. It ends with the JVM. */
    public static S3MockServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final S3MockServer SERVER = start();
    }

    /** Starts a server and waits until it answers. */
    public static S3MockServer start() {
        return start(Path.of(System.getProperty("migrate.test.s3mock", "target/servers/s3mock.jar")));
    }

    /** Starts a server of another version, whose jar lies elsewhere, and waits until it answers. */
    public static S3MockServer start(Path jar) {
        for (int more = 2; true; more--) {
            try {
                return startOnce(jar);
            } catch (EndedAtStartException e) {
                // Somebody may have taken the port that was free a moment ago.
                if (more == 0) {
                    throw e;
                }
            }
        }
    }

    private static S3MockServer startOnce(Path jar) {
        try {
            int port = freePort();
            Process process = new ProcessBuilder(command(jar, port))
                    .redirectErrorStream(true)
                    .start();
            S3MockServer server = new S3MockServer(process, URI.create("http://127.0.0.1:" + port));
            try {
                awaitStart(process);
                server.createBucket(BUCKET);
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("S3Mock did not start", e);
        }
    }

    /** Where it listens. Any credentials and any region will do, with the bucket in the path. */
    public URI endpoint() {
        return front.endpoint();
    }

    /** Makes a bucket. */
    public void createBucket(String name) {
        HttpRequest put = HttpRequest.newBuilder(endpoint().resolve("/" + name))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            int status = HttpClient.newHttpClient()
                    .send(put, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IllegalStateException("S3Mock answered " + status + " to the bucket " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("S3Mock took no bucket " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making the bucket " + name, e);
        }
    }

    /** A client of one's own, to look into a bucket from outside. The caller closes it. */
    public S3Client client() {
        return S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "testsecret")))
                .build();
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends, and the hook finds nothing left to do.
        }
    }

    private void end() {
        front.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Path jar, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                existing(jar).toString(),
                "--server.address=127.0.0.1",
                "--server.ssl.enabled=false",
                "--server.port=" + port,
                "--http.port=0",
                "--server.tomcat.threads.max=1",
                "--server.tomcat.threads.min-spare=1");
    }

    private static Path existing(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no S3Mock at " + jar.toAbsolutePath()
                    + ". Run 'mvn -pl <module> pre-integration-test' once, or set -Dmigrate.test.s3mock to the jar");
        }
        return jar;
    }

    private static final class EndedAtStartException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        EndedAtStartException(String message) {
            super(message);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Reads what the process says for as long as it lives, so that it never waits for a reader. */
    private static void awaitStart(Process process) {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, said, started), "s3mock-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!started.get(SECONDS_TO_START, TimeUnit.SECONDS)) {
                throw new EndedAtStartException("S3Mock ended at its start:\n" + String.join("\n", said));
            }
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("S3Mock was not ready in " + SECONDS_TO_START + " s:\n" + said, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while S3Mock started", e);
        }
    }

    private static void read(Process process, List<String> said, CompletableFuture<Boolean> started) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!started.isDone()) {
                    said.add(line);
                }
                if (line.contains("Started S3MockApplication")) {
                    started.complete(true);
                }
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
        started.complete(false);
    }
}
