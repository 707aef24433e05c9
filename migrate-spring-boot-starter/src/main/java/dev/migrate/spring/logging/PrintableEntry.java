package dev.migrate.spring.logging;

import dev.migrate.internal.text.ForeignText;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Makes the message, key-values and stack trace of a log entry printable, so that foreign text can neither forge a line
 * nor control a terminal.
 */
record PrintableEntry(LoggingEventBuilder entry) implements LoggingEventBuilder {

    @Override
    public LoggingEventBuilder setCause(@Nullable Throwable cause) {
        return with(cause == null ? entry : entry.setCause(ForeignText.printable(cause)));
    }

    @Override
    public LoggingEventBuilder addMarker(Marker marker) {
        return with(entry.addMarker(marker));
    }

    @Override
    public LoggingEventBuilder addArgument(@Nullable Object argument) {
        return with(entry.addArgument(printable(argument)));
    }

    @Override
    public LoggingEventBuilder addArgument(Supplier<?> argument) {
        return with(entry.addArgument(() -> printable(argument.get())));
    }

    @Override
    public LoggingEventBuilder addKeyValue(String key, @Nullable Object value) {
        return with(entry.addKeyValue(key, printable(value)));
    }

    @Override
    public LoggingEventBuilder addKeyValue(String key, Supplier<Object> value) {
        return with(entry.addKeyValue(key, () -> printable(value.get())));
    }

    @Override
    public LoggingEventBuilder setMessage(String message) {
        return with(entry.setMessage(ForeignText.printable(message)));
    }

    @Override
    public LoggingEventBuilder setMessage(Supplier<String> message) {
        return with(entry.setMessage(() -> ForeignText.printable(message.get())));
    }

    @Override
    public void log() {
        entry.log();
    }

    @Override
    public void log(String message) {
        entry.log(ForeignText.printable(message));
    }

    @Override
    public void log(String message, @Nullable Object argument) {
        entry.log(message, printable(argument));
    }

    @Override
    public void log(String message, @Nullable Object one, @Nullable Object other) {
        entry.log(message, printable(one), printable(other));
    }

    @Override
    public void log(String message, @Nullable Object... arguments) {
        entry.log(
                message, Arrays.stream(arguments).map(PrintableEntry::printable).toArray());
    }

    @Override
    public void log(Supplier<String> message) {
        entry.log(() -> ForeignText.printable(message.get()));
    }

    private static LoggingEventBuilder with(LoggingEventBuilder entry) {
        return new PrintableEntry(entry);
    }

    /** Numbers stay numbers for structured logs. */
    private static @Nullable Object printable(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean
                ? value
                : ForeignText.printable(value.toString());
    }
}
