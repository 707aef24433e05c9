package dev.migrate.internal.protocol;

import dev.migrate.testing.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * The protocol with one of its rules taken out: pieces of source files are replaced, the files compiled, and a checker run
 * on the result in a class loader of its own. The rules need no switches in the code that is shipped.
 *
 * @param rule what the rule is for
 * @param promise the promise that a checker must name as broken; an exception is no finding
 * @param edits the pieces that enforce the rule, and what stands there when it is out
 * @param simulated whether the simulation must find it
 * @param first the seed from which on to look; above 1 where a history that shows the rule is one in very many
 * @param step how far from one seed to the next
 * @param explored the small world in which the exploration must find it, or null
 */
record Mutant(
        String rule,
        Promise promise,
        List<Edit> edits,
        boolean simulated,
        long first,
        long step,
        @Nullable SmallWorld explored) {

    private static final Path SOURCES = Path.of("src/main/java/dev/migrate");

    /**
     * A piece of a source file.
     *
     * @param file the file, below {@code dev/migrate}
     * @param code the piece; it must stand in the file once, however its lines are broken
     * @param without what takes its place
     */
    record Edit(String file, String code, String without) {

        String applied(String rule) throws IOException {
            String source = Files.readString(SOURCES.resolve(file));
            Pattern piece = Pattern.compile(Arrays.stream(code.strip().split("\\s+"))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s+")));
            List<MatchResult> places = piece.matcher(source).results().toList();
            if (places.size() != 1) {
                throw new AssertionError("The code of the rule '" + rule + "' stands " + places.size() + " times in "
                        + file + ", not once: " + code);
            }
            return source.substring(0, places.get(0).start())
                    + without
                    + source.substring(places.get(0).end());
        }
    }

    Mutant(String rule, Promise promise, String file, String code, String without) {
        this(rule, promise, List.of(new Edit(file, code, without)), true, 1, 1, null);
    }

    /** With another piece replaced, too. */
    Mutant and(String file, String code, String without) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(new Edit(file, code, without));
        return new Mutant(rule, promise, more, simulated, first, step, explored);
    }

    /** Looked for in the histories that are about reverting. */
    Mutant reverting() {
        return new Mutant(
                rule, promise, edits, simulated, Simulation.REVERTING_EVERY, Simulation.REVERTING_EVERY, explored);
    }

    Mutant from(long seed) {
        return new Mutant(rule, promise, edits, simulated, seed, step, explored);
    }

    /** Looked for in a small world, too. */
    Mutant in(SmallWorld world) {
        return new Mutant(rule, promise, edits, simulated, first, step, world);
    }

    /** Looked for in its small world alone. */
    Mutant onlyExplored() {
        return new Mutant(rule, promise, edits, false, first, step, explored);
    }

    /** What the checkers find; null where one that must find it does not. */
    record Findings(@Nullable String simulation, @Nullable String exploration) {}

    Findings findings(long seeds) throws Exception {
        ClassLoader loader = new MutantLoader(compile());
        Class<?> search = loader.loadClass("dev.migrate.internal.protocol.MutantSearch");
        Object history = !simulated
                ? null
                : search.getMethod("search", Promise.class, long.class, long.class, long.class)
                        .invoke(null, promise, first, first + seeds * step - 1, step);
        return new Findings((String) history, explored == null ? null : explore(search, explored));
    }

    private @Nullable String explore(Class<?> search, SmallWorld world) throws Exception {
        Method explore = search.getMethod(
                "explore",
                Promise.class,
                String.class,
                boolean.class,
                boolean.class,
                boolean.class,
                int.class,
                int.class,
                int.class);
        return (String) explore.invoke(
                null,
                promise,
                world.first().name(),
                world.fails(),
                world.sameDeployment(),
                world.reverts(),
                world.most().crashes(),
                world.most().lostAnswers(),
                world.most().holdUps());
    }

    private Map<String, byte[]> compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        List<JavaFileObject> units = new ArrayList<>();
        for (Edit edit : edits) {
            units.add(unit(edit.file(), edit.applied(rule)));
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, null);
                JavaFileManager runContext = new ForwardingJavaFileManager<JavaFileManager>(files) {
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
            if (!compiler.getTask(null, runContext, problems, options, null, units)
                    .call()) {
                throw new AssertionError("Without the rule '" + rule + "': " + problems.getDiagnostics());
            }
        }
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
        return bytes;
    }

    private static JavaFileObject unit(String file, String source) {
        return new SimpleJavaFileObject(URI.create("mutant:///dev/migrate/" + file), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
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
            if (!name.startsWith("dev.migrate.internal.")) {
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
