package dev.migrate.spring.command;

import dev.migrate.internal.text.ForeignText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table with aligned columns. Empty columns are omitted. */
final class TextTable {

    /** The style of a cell on a terminal. */
    enum Style {
        PLAIN(""),
        GOOD("\u001b[32m"),
        OPEN("\u001b[33m"),
        BUSY("\u001b[36m"),
        BAD("\u001b[1;31m"),
        FAINT("\u001b[2m");

        private static final String END = "\u001b[0m";
        private final String begin;

        Style(String begin) {
            this.begin = begin;
        }

        String apply(String text) {
            return begin.isEmpty() ? text : begin + text + END;
        }
    }

    /** A cell of a line. */
    record Cell(String text, Style style, boolean right) {

        Cell {
            text = ForeignText.printable(text.replaceAll("\\s+", " ").trim());
        }

        static Cell of(@Nullable String text) {
            return new Cell(text == null ? "" : text, Style.PLAIN, false);
        }

        static Cell of(String text, Style style) {
            return new Cell(text, style, false);
        }

        static Cell right(String text) {
            return new Cell(text, Style.PLAIN, true);
        }
    }

    private final List<String> head;
    private final List<List<Cell>> lines = new ArrayList<>();

    TextTable(String... head) {
        this.head = List.of(head);
    }

    TextTable line(Cell... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + head);
        }
        lines.add(Arrays.asList(cells));
        return this;
    }

    String text(boolean colour) {
        StringBuilder text = new StringBuilder();
        List<Cell> titles = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            titles.add(new Cell(head.get(column), Style.FAINT, isRight(column)));
        }
        append(text, titles, colour);
        lines.forEach(line -> append(text, line, colour));
        return text.toString();
    }

    private void append(StringBuilder text, List<Cell> line, boolean colour) {
        StringBuilder gap = new StringBuilder();
        for (int column = 0; column < head.size(); column++) {
            int width = width(column);
            if (width == 0) {
                continue;
            }
            Cell cell = line.get(column);
            String space = " ".repeat(width - cell.text().length());
            if (cell.right()) {
                gap.append(space);
            }
            if (!cell.text().isEmpty()) {
                text.append(gap).append(colour ? cell.style().apply(cell.text()) : cell.text());
                gap.setLength(0);
            }
            gap.append(cell.right() ? "" : space).append("  ");
        }
        text.append('\n'); // drops the trailing gap
    }

    private int width(int column) {
        int most = lines.stream()
                .mapToInt(line -> line.get(column).text().length())
                .max()
                .orElse(0);
        return most == 0 ? 0 : Math.max(most, head.get(column).length());
    }

    private boolean isRight(int column) {
        return lines.stream().anyMatch(line -> line.get(column).right());
    }
}
