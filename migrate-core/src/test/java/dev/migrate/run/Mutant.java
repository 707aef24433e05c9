package dev.migrate.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The protocol with one of its rules taken out: a piece of one source file is replaced, the file compiled, and the
 * simulation run on the result in a class loader of its own. The rules need no switches in the code that is shipped.
 *
 * @param rule what the rule is for
 * @param file the source file, below {@code dev/migrate}
 * @param code the piece that enforces the rule; it must stand in the file once
 * @param without what stands there when the rule is out
 * @param first the seed from which on to look; above 1 where a history that shows the rule is one in very many
 */
record Mutant(String rule, String file, String code, String without, long first) {

    private static final Path SOURCES = Path.of("src/main/java/dev/migrate");

    Mutant(String rule, String file, String code, String without) {
        this(rule, file, code, without, 1);
    }

    /** The first of so many seeds whose history breaks a promise, and the promise; null when none does. */
    String killedBy(long seeds) throws Exception {
        ClassLoader loader = new MutantLoader(compile());
        Method search = loader.loadClass("dev.migrate.run.MutantSearch").getMethod("search", long.class, long.class);
        return (String) search.invoke(null, first, first + seeds - 1);
    }

    private String mutated() throws IOException {
        String source = Files.readString(SOURCES.resolve(file));
        // However the formatter breaks the lines.
        Pattern piece = Pattern.compile(
                Arrays.stream(code.strip().split("\\s+")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
        List<MatchResult> places = piece.matcher(source).results().toList();
        if (places.size() != 1) {
            throw new AssertionError("The code of the rule '" + rule + "' stands " + places.size() + " times in " + file
                    + ", not once: " + code);
        }
        return source.substring(0, places.get(0).start())
                + without
                + source.substring(places.get(0).end());
    }

    private Map<String, byte[]> compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        String source = mutated();
        JavaFileObject unit =
                new SimpleJavaFileObject(URI.create("mutant:///dev/migrate/" + file), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, null);
                JavaFileManager memory = new ForwardingJavaFileManager<JavaFileManager>(files) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mutant:///" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return classes.computeIfAbsent(name, any -> new ByteArrayOutputStream());
                            }
                        };
                    }
                }) {
            List<String> options = List.of("-proc:none", "-nowarn", "-classpath", classPath());
            if (!compiler.getTask(null, memory, problems, options, null, List.of(unit))
                    .call()) {
                throw new AssertionError("Without the rule '" + rule + "': " + problems.getDiagnostics());
            }
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
        return bytes;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Loads the protocol and the simulation anew, with the mutated classes in place of the real ones. */
    private static final class MutantLoader extends ClassLoader {
        private final Map<String, byte[]> mutated;

        MutantLoader(Map<String, byte[]> mutated) {
            super(Mutant.class.getClassLoader());
            this.mutated = mutated;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.migrate.run.") && !name.startsWith("dev.migrate.ledger.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : original(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] original(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
