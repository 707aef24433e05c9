package dev.migrate.spring.web;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts an application as it would start without some libraries: not hidden, but not there. */
final class ClassPathWithout implements AutoCloseable {

    private final URLClassLoader loader;
    private final Object application;

    private ClassPathWithout(List<String> libraries, String source, String... properties) throws Exception {
        loader = new URLClassLoader(urls(libraries), ClassLoader.getPlatformClassLoader());
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            leaveUrlsAlone();
            application = loader.loadClass(GatedApplication.class.getName())
                    .getMethod("start", boolean.class, Class.class, String[].class)
                    .invoke(null, false, loader.loadClass(source), properties);
        } catch (InvocationTargetException e) {
            loader.close();
            throw new IllegalStateException("The application did not start without " + libraries, e.getCause());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** Tomcat may register its handler of URLs once in a process, and the other applications have done it. */
    private void leaveUrlsAlone() throws ReflectiveOperationException {
        String factory = "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory";
        if (loader.getResource(factory.replace('.', '/') + ".class") != null) {
            loader.loadClass(factory).getMethod("disable").invoke(null);
        }
    }

    /**
     * Starts an application.
     *
     * @param libraries parts of the names of the jars to leave out
     * @param source the name of the configuration
     * @param properties as {@code name=value}
     */
    static ClassPathWithout start(List<String> libraries, String source, String... properties) throws Exception {
        return new ClassPathWithout(libraries, source, properties);
    }

    int port() throws ReflectiveOperationException {
        return (int) call("port");
    }

    void running() throws ReflectiveOperationException {
        call("running");
    }

    void open() throws ReflectiveOperationException {
        call("open");
    }

    private Object call(String method) throws ReflectiveOperationException {
        return application.getClass().getMethod(method).invoke(application);
    }

    private static URL[] urls(List<String> libraries) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        List<String> left = new ArrayList<>(libraries);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            List<String> matching = libraries.stream().filter(name::contains).toList();
            left.removeAll(matching);
            if (matching.isEmpty()) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "Nothing on the class path is named " + left + ": " + Arrays.toString(urls.toArray()));
        }
        return urls.toArray(URL[]::new);
    }

    @Override
    public void close() throws ReflectiveOperationException, IOException {
        call("close");
        loader.close();
    }
}
