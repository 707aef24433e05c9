package dev.migrate.sample;

import java.util.List;

/**
 * A page of cars.
 *
 * @param page its number; the first is 0
 * @param pages how many there are
 * @param total how many cars there are on all of them
 * @param cars the cars of this page
 */
public record CarPage(int page, int pages, int total, List<Car> cars) {}
