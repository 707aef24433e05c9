package dev.migrate.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/transactions.md shows compiles. */
class DocumentedExamplesTest {

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);
    private static final String IMPORTS =
            """
            import dev.migrate.*;
            import java.util.List;
            import org.springframework.jdbc.core.JdbcTemplate;
            import org.springframework.transaction.annotation.Transactional;
            import org.springframework.transaction.support.TransactionTemplate;
            """;

    @TempDir
    Path output;

    @Test
    void each_compiles() throws IOException {
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../../docs/transactions.md")));
        int compiled = 0;
        for (; examples.find(); compiled++) {
            String text = IMPORTS + examples.group(1);
            var source = new SimpleJavaFileObject(URI.create(examples.group(2) + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            var messages = new StringWriter();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            boolean succeeded = compiler.getTask(
                            messages,
                            null,
                            null,
                            List.of("-proc:none", "-classpath", classPath, "-d", output.toString()),
                            null,
                            List.of(source))
                    .call();
            assertThat(succeeded).as(messages.toString()).isTrue();
        }
        assertThat(compiled).isEqualTo(2);
    }
}
